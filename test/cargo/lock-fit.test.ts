import { expect, test } from 'vitest';
import { err } from '../../src/base/result.ts';
import { parseLock } from '../../src/cargo/lock/lock.ts';
import { loadWorkspace } from '../../src/cargo/units/packages/load-workspace.ts';
import { lockFit, lockingDigest } from '../../src/cargo/units/packages/lock-fit.ts';
import { PackageSet } from '../../src/cargo/units/packages/package-set.ts';
import { plainError } from '../../src/diag/diagnostic.ts';
import { MemoryHost } from '../support/memory-host.ts';

const manifest = (name: string, rest = '') =>
  `[package]\nname = "${name}"\nversion = "1.0.0"\nedition = "2021"\n${rest}`;

const registry = 'source = "registry+https://example.org/index"\nchecksum = "00"\n';
const git = 'source = "git+https://example.org/it?branch=main#0123"\n';

/** `name version: dependency, dependency`, one package a line; `@` before it: of a registry, `&`: of a repository. */
function lockOf(text: string): string {
  const packages = text.split('; ').map((line) => {
    const [, from, name, version, list = ''] = /^([@&]?)(\S+) (\S+?)(?:: (.*))?$/.exec(line) ?? [];
    const source = from === '@' ? registry : from === '&' ? git : '';
    const quoted = list === '' ? '' : `"${list.split(', ').join('", "')}"`;
    return `[[package]]\nname = "${name}"\nversion = "${version}"\n${source}dependencies = [${quoted}]\n`;
  });
  return `version = 4\n${packages.join('')}`;
}

function workspaceOf(files: Readonly<Record<string, string>>) {
  const host = new MemoryHost(files);
  const workspace = loadWorkspace(host.files, '/project');
  if (!workspace.ok) throw new Error(workspace.error[0]?.message);
  return { host, workspace: workspace.value };
}

function fitOf(files: Readonly<Record<string, string>>, text: string) {
  const { host, workspace } = workspaceOf({ 'src/lib.rs': '', ...files });
  const lock = parseLock({ path: 'Cargo.lock', text: lockOf(text) });
  if (!lock.ok) throw new Error(lock.error[0]?.message);
  const world = { files: host.files, folderOf: () => err(plainError('not asked for')) };
  return lockFit(new PackageSet(world, workspace, lock.value), lock.value);
}

const one = (dependencies: string) => ({ 'Cargo.toml': manifest('one', dependencies) });

test.each<[string, string, ReturnType<typeof lockFit>]>([
  ['', 'one 1.0.0', 'fits'],
  ['', 'one 1.1.0', 'lacks'],
  ['[dependencies]\nleaf = "1"', 'one 1.0.0: leaf; @leaf 1.2.0', 'fits'],
  ['[dependencies]\nleaf = "2"', 'one 1.0.0: leaf; @leaf 1.2.0', 'lacks'],
  ['[dependencies]\nleaf = "1"', 'one 1.0.0', 'lacks'],
  // It is there, but for someone else only.
  [
    '[dependencies]\nleaf = "1"\nsum = "1"',
    'one 1.0.0: sum; @sum 1.0.0: leaf; @leaf 1.2.0',
    'lacks',
  ],
  ['', 'one 1.0.0: leaf; @leaf 1.2.0', 'has-more'],
  ['', 'one 1.0.0; @leaf 1.2.0', 'has-more'],
  ['', 'one 1.0.0; two 1.0.0', 'has-more'],
  ['[dev-dependencies]\nleaf = "1"', 'one 1.0.0', 'lacks'],
  ['[build-dependencies]\nleaf = "1"', 'one 1.0.0', 'lacks'],
  ["[target.'cfg(windows)'.dependencies]\nleaf = '1'", 'one 1.0.0', 'lacks'],
  ['[dependencies]\nleaf = { version = "1", optional = true }', 'one 1.0.0', 'lacks'],
  [
    '[dependencies]\nold = { package = "leaf", version = "1" }\nleaf = "2"',
    'one 1.0.0: leaf 1.2.0, leaf 2.0.0; @leaf 1.2.0; @leaf 2.0.0',
    'fits',
  ],
  [
    '[dependencies]\nleaf = { git = "https://example.org/it", branch = "main" }',
    'one 1.0.0: leaf; &leaf 1.2.0',
    'fits',
  ],
  [
    '[dependencies]\nleaf = { git = "https://example.org/it", branch = "other" }',
    'one 1.0.0: leaf; &leaf 1.2.0',
    'lacks',
  ],
  // A patch was taken out.
  ['[dependencies]\nleaf = "1"', 'one 1.0.0: leaf; leaf 1.2.0', 'lacks'],
  ['[dependencies]\nleaf = "1"', 'one 1.0.0: leaf; &leaf 1.2.0', 'lacks'],
  [
    '[dependencies]\nleaf = "1"\n[patch.crates-io]\nnew = { package = "leaf", path = "leaf" }',
    'one 1.0.0: leaf; leaf 1.2.0',
    'fits',
  ],
  [
    '[dependencies]\nleaf = "1"\n[patch.crates-io]\nleaf = { git = "https://example.org/it", branch = "main" }',
    'one 1.0.0: leaf; &leaf 1.2.0',
    'fits',
  ],
  // A package may test itself by itself.
  ['[dev-dependencies]\none = { path = "." }', 'one 1.0.0', 'fits'],
])('%j with the lock %j: %s', (dependencies, lock, fit) => {
  expect(fitOf(one(dependencies), lock)).toBe(fit);
});

test('packages outside the workspace must have what they need, and only may have what they can do without', () => {
  const files = (dependencies: string) => ({
    ...one('[dependencies]\nnear = { path = "../near" }\n[workspace]'),
    '/near/Cargo.toml': manifest('near', dependencies),
    '/near/src/lib.rs': '',
  });
  const without = 'one 1.0.0: near; near 1.0.0';
  const leaf = '; @leaf 1.0.0';
  expect(fitOf(files(''), without)).toBe('fits');
  expect(fitOf(files('[dependencies]\nleaf = "1"'), without)).toBe('lacks');
  const optional = '[dependencies]\nleaf = { version = "1", optional = true }';
  expect(fitOf(files(optional), without)).toBe('fits');
  expect(fitOf(files(optional), `${without}: leaf${leaf}`)).toBe('fits');
  expect(fitOf(files(''), `${without}: leaf${leaf}`)).toBe('has-more');
  expect(fitOf(files('[dev-dependencies]\nleaf = "1"'), without)).toBe('fits');
});

test('the digest of what is locked changes with features and versions, not with profiles and comments', () => {
  const digest = (text: string) =>
    lockingDigest(workspaceOf({ 'Cargo.toml': text, 'src/lib.rs': '' }).workspace);
  const before = digest(manifest('one', '[dependencies]\nleaf = "1"\n'));
  const leaf = (rest: string) => manifest('one', `[dependencies]\nleaf = { ${rest} }\n`);
  expect(digest(leaf('version = "1"'))).toBe(before);
  expect(digest(manifest('one', '[dependencies]\nleaf = "1"\n[profile.dev]\ndebug = 0\n'))).toBe(
    before,
  );
  expect(digest(leaf('version = "1", features = ["more"]'))).not.toBe(before);
  expect(digest(leaf('version = "1", default-features = false'))).not.toBe(before);
  expect(digest(manifest('one', '[build-dependencies]\nleaf = "1"\n'))).not.toBe(before);
});

test.each<[string, ReturnType<typeof lockFit>]>([
  ['near = { path = "near", version = "1", features = ["x"] }', 'fits'],
  ['near = { path = "near", version = "2" }', 'lacks'],
  ['near = { path = "near", features = ["y"] }', 'lacks'],
  ['near = { path = "near" }\n[features]\nf = ["near/y"]', 'lacks'],
  ['other = { path = "near" }', 'lacks'],
  ['other = { path = "near", package = "near" }', 'fits'],
])(
  'a package of a folder is what is asked for, or Cargo has to say what is wrong: %s',
  (dependency, fit) => {
    const files = {
      ...one(`[dependencies]\n${dependency}\n`),
      'near/Cargo.toml': manifest('near', '[features]\nx = []\n'),
      'near/src/lib.rs': '',
    };
    expect(fitOf(files, 'one 1.0.0: near; near 1.0.0')).toBe(fit);
  },
);
