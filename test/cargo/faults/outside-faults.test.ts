import { expect, test } from 'vitest';
import { err } from '../../../src/base/result.ts';
import { outsideFaults } from '../../../src/cargo/faults/outside-faults.ts';
import { parseLock } from '../../../src/cargo/lock/lock.ts';
import { loadWorkspace } from '../../../src/cargo/units/packages/load-workspace.ts';
import { PackageSet } from '../../../src/cargo/units/packages/package-set.ts';
import { plainError } from '../../../src/diag/diagnostic.ts';
import type { Files } from '../../../src/host/host.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const manifest = (name: string, more: string): string =>
  `[package]\nname = "${name}"\nversion = "1.0.0"\nedition = "2021"\n${more}`;

/** What is wrong with a package that a member names by its folder. */
function faults(more: string, deep = ''): readonly string[] {
  const { files } = new MemoryHost({
    'Cargo.toml': manifest('top', '[dependencies]\nout = { path = "../out", optional = true }\n'),
    'src/lib.rs': '',
    '/out/Cargo.toml': manifest('out', `${more}[dependencies]\ndeep = { path = "deep" }\n`),
    '/out/src/lib.rs': '',
    '/out/deep/Cargo.toml': manifest('deep', deep),
    '/out/deep/src/lib.rs': '',
  });
  const workspace = loadWorkspace(files, '/project');
  if (!workspace.ok) throw new Error(workspace.error[0]?.message);
  const world = { files, folderOf: () => err(plainError('not here')) };
  const set = new PackageSet(world, workspace.value, undefined);
  return faultsIn(files, set);
}

function faultsIn(
  files: Files,
  packages: PackageSet,
  judged = new Set<string>(),
): readonly string[] {
  const judging = { knowsRegistry: (name: string) => name === 'ours', judged };
  return outsideFaults(files, packages, judging).map(({ message }) => message);
}

test.each([
  ['[[bin]]\nname = "gone"\n', "can't find `gone` bin at `src/bin/gone.rs`"],
  ['[features]\nx = ["y"]\n', 'feature `x` includes `y` which is neither'],
  ['[profile.dev]\nopt-level = "x"\n', 'must be `0`, `1`, `2`, `3`, `s` or `z`'],
  ['links = "z"\n', 'package specifies that it links to `z`'],
  ['[lints]\nworkspace = true\n', 'error inheriting `lints`'],
  [
    '[dev-dependencies]\na = { version = "1", registry = "ours" }\nb = { version = "1", registry = "gone" }\n',
    'registry index was not found in any configuration: `gone`',
  ],
])('%j of a package outside the workspace is refused', (more, expected) => {
  expect(faults(more)).toEqual([expect.stringContaining(expected)]);
});

test.each([
  '',
  // What only the root says.
  '[profile.x]\n',
  '[workspace]\nmembers = ["gone"]\n',
])('%j of a package outside the workspace is fine', (more) => {
  expect(faults(more)).toEqual([]);
});

test('of packages that only such a package names, what Cargo merely warns of is fine', () => {
  const program = '[[bin]]\nname = "b"\npath = "b.rs"\nproc-macro = true\n';
  const missing = '[[test]]\nname = "gone"\n';
  expect(faults(`${program}${missing}`)).toHaveLength(2);
  expect(faults('', `${program}${missing}`)).toEqual([]);
  expect(faults('', '[[bin]]\nname = "gone"\n')).toHaveLength(1);
});

test('packages of patches are judged before a lock file tells that they are of use, what these need then', () => {
  const odd = '[features]\nx = ["y"]\n';
  const { files } = new MemoryHost({
    'Cargo.toml': manifest(
      'top',
      '[dependencies]\none = "1"\n[patch.crates-io]\none = { path = "../one" }\n[replace]\n"two:1.0.0" = { path = "../two" }\n',
    ),
    // Nobody reads what replaces nothing.
    '/two/Cargo.toml': manifest('two', odd),
    'src/lib.rs': '',
    '/one/Cargo.toml': manifest('one', `${odd}[dependencies]\ndeep = { path = "deep" }\n`),
    '/one/src/lib.rs': '',
    '/one/deep/Cargo.toml': manifest('deep', odd),
    '/one/deep/src/lib.rs': '',
  });
  const workspace = loadWorkspace(files, '/project');
  const lock = parseLock({
    path: 'Cargo.lock',
    text: `version = 4\n${locked('deep')}${locked('one', 'deep')}${locked('top', 'one')}`,
  });
  if (!workspace.ok || !lock.ok) throw new Error('they are read');
  const world = { files, folderOf: () => err(plainError('not here')) };
  const judged = new Set<string>();
  const set = (found: typeof lock.value | undefined) =>
    new PackageSet(world, workspace.value, found);
  expect(faultsIn(files, set(undefined), judged)).toHaveLength(1);
  expect([...judged]).toEqual(['/one']);
  expect(faultsIn(files, set(lock.value), judged)).toHaveLength(1);
  expect([...judged]).toEqual(['/one', '/one/deep']);
});

function locked(name: string, needs = ''): string {
  const dependencies = needs === '' ? '' : `dependencies = ["${needs}"]\n`;
  return `[[package]]\nname = "${name}"\nversion = "1.0.0"\n${dependencies}`;
}
