import { expect, test } from 'vitest';
import { needsNewerRustc } from '../../../src/cargo/units/faults/needs-newer-rustc.ts';
import { loadWorkspace } from '../../../src/cargo/units/packages/load-workspace.ts';
import type { UnitRequest } from '../../../src/cargo/units/unit-graph.ts';
import { MemoryHost } from '../../support/memory-host.ts';
import { graphOf, locked, manifest, registry, shared, unitsOf } from './graph-of.ts';

test('packages of one repository that were vendored apart find one another by name', () => {
  const repository = 'source = "git+https://example.org/r#0123"\n';
  const files = {
    'Cargo.toml': manifest('top', '[dependencies]\na = { git = "https://example.org/r" }\n'),
    'Cargo.lock': `version = 4\n${locked('top', ['a'], '')}${locked('a', ['b'], repository)}${locked('b', [], repository)}`,
    'src/lib.rs': '',
    'crates/a-1.0.0/Cargo.toml': manifest('a', '[dependencies]\nb = { path = "b" }\n'),
    'crates/a-1.0.0/src/lib.rs': '',
    'crates/b-1.0.0/Cargo.toml': manifest('b'),
    'crates/b-1.0.0/src/lib.rs': '',
  };
  expect(unitsOf(files)).toHaveLength(3);
});

test('what other platforms need is not looked for', () => {
  const files = {
    'Cargo.toml': manifest('top', '[target."cfg(windows)".dependencies]\nw = "1"\n'),
    'Cargo.lock': `version = 4\n${locked('top', ['w'], '')}${locked('w')}`,
    'src/lib.rs': '',
  };
  expect(unitsOf(files)).toEqual(['top lib build opt=0 debug=2 []']);
});

test('a dependency that the lock file does not have is told with the line that wants it', () => {
  const files = { 'Cargo.toml': manifest('top', '[dependencies]\nx = "1"\n'), 'src/lib.rs': '' };
  expect(() => unitsOf(files)).toThrow('"x" of top is not in Cargo.lock');
  const locks = { 'Cargo.lock': `version = 4\n${locked('top', ['x'], '')}${locked('x')}` };
  const other = {
    ...files,
    ...locks,
    'Cargo.toml': manifest('top', '[dependencies]\nx = "0.4"\n'),
  };
  expect(() => unitsOf(other)).toThrow('"x" 0.4 of top is not in Cargo.lock, which has 1.0.0');
});

test('packages that a member needs by path belong to the workspace', () => {
  const files = {
    'Cargo.toml':
      '[workspace]\nmembers = ["a"]\nresolver = "2"\n[workspace.dependencies]\nb = { path = "b" }\n',
    'a/Cargo.toml': manifest('a', '[dependencies]\nb.workspace = true\n'),
    'a/src/lib.rs': '',
    'b/Cargo.toml': manifest('b'),
    'b/src/lib.rs': '',
  };
  expect(unitsOf(files, { packages: ['*'] }).sort()).toEqual([
    'a lib build opt=0 debug=2 []',
    'b lib build opt=0 debug=2 []',
  ]);
});

test('packages that need a newer compiler than there is are told, a release candidate is the release', () => {
  const graph = graphOf({
    'Cargo.toml': manifest('top', 'rust-version = "1.80"\n'),
    'src/lib.rs': '',
  });
  expect(needsNewerRustc(graph, '1.79.1')?.message).toBe(
    'rustc 1.79.1 is not supported by the following package:\n  top@1.0.0 requires rustc 1.80',
  );
  for (const rustc of ['1.80.0', '1.80.0-nightly', '1.81.2', '2.0.0', ''])
    expect(needsNewerRustc(graph, rustc)).toBeUndefined();
});

test('a package that knows another by two names is refused', () => {
  const files = (dependencies: string) => ({
    'Cargo.toml': manifest('own', `[dependencies]\n${dependencies}`),
    'src/lib.rs': '',
    'd/Cargo.toml': manifest('d'),
    'd/src/lib.rs': '',
  });
  const twice = 'd = { path = "d" }\nother = { path = "d", package = "d" }\n';
  expect(() => graphOf(files(twice))).toThrow(
    'the crate own 1.0.0 depends on crate d 1.0.0 multiple times with different names',
  );
  const once = 'other = { path = "d", package = "d" }\n';
  const both = `${once}[build-dependencies]\n${once}`;
  expect(graphOf(files(both)).packages.size).toBe(2);
});

test('a crate of another registry is not the one of the usual registry, or what a patch put in its place', () => {
  const other =
    '[[package]]\nname = "d"\nversion = "1.0.0"\nsource = "registry+https://other/index"\n';
  const files = {
    'Cargo.toml': manifest(
      'own',
      '[dependencies]\nd = "1"\nother = { version = "1", registry = "o", package = "d" }\n[patch.crates-io]\nd = { path = "d" }\n',
    ),
    'Cargo.lock': `version = 4\n${other}checksum = "${'0'.repeat(64)}"\n[[package]]\nname = "d"\nversion = "1.1.0"\n[[package]]\nname = "own"\nversion = "1.0.0"\ndependencies = ["d 1.0.0", "d 1.1.0"]\n`,
    'src/lib.rs': '',
    'd/Cargo.toml': manifest('d', '', '1.1.0'),
    'd/src/lib.rs': '',
    'crates/d-1.0.0/Cargo.toml': manifest('d'),
    'crates/d-1.0.0/src/lib.rs': '',
  };
  const { units, packages } = graphOf(files);
  const own = [...units.values()].find((unit) => packages.get(unit.package).name === 'own');
  expect(
    own?.dependencies.map(({ unit, externName }) => [
      externName,
      packages.get(units.get(unit).package).version,
    ]),
  ).toEqual([
    ['d', '1.1.0'],
    ['other', '1.0.0'],
  ]);
});

test('what [replace] names stands in the place of a crate', () => {
  const files = {
    'Cargo.toml': manifest(
      'own',
      '[dependencies]\nd = "1"\n[replace]\n"d:1.0.0" = { path = "mine" }\n',
    ),
    'Cargo.lock': `version = 4\n[[package]]\nname = "d"\nversion = "1.0.0"\n${locked('d', [], `${registry}replace = "d 1.0.0"\n`)}${locked('own', ['d 1.0.0 (registry+https://example.org/index)'], '')}`,
    'src/lib.rs': '',
    'mine/Cargo.toml': manifest('d'),
    'mine/src/lib.rs': '',
  };
  const { packages } = graphOf(files);
  expect([...packages.values()].map(({ name, folder }) => [name, folder])).toEqual([
    ['d', '/project/mine'],
    ['own', '/project'],
  ]);
});

test('packages that need one another, or themselves, are refused', () => {
  const files = (own: string, d: string) => ({
    'Cargo.toml': manifest('own', `[dependencies]\n${own}`),
    'src/lib.rs': '',
    'd/Cargo.toml': manifest('d', `[dependencies]\n${d}`),
    'd/src/lib.rs': '',
  });
  const own = 'd = { path = "d" }\n';
  expect(() => graphOf(files(own, 'own = { path = ".." }\n'))).toThrow(
    'cyclic package dependency: package `own v1.0.0` depends on itself.',
  );
  expect(() => graphOf(files(own, 'e = { path = "" }\n'))).toThrow(
    'no matching package named `e` found',
  );
});

test('members are found at any depth where a manifest says so', () => {
  const host = new MemoryHost({
    'Cargo.toml': '[workspace]\nmembers = ["apps/**/x"]\n',
    'apps/x/Cargo.toml': manifest('near'),
    'apps/deep/er/x/Cargo.toml': manifest('deep'),
    'apps/.hidden/x/Cargo.toml': manifest('hidden'),
    'apps/y/Cargo.toml': manifest('other'),
  });
  const loaded = loadWorkspace(host.files, '/project');
  expect(loaded.ok && [...loaded.value.members.keys()].sort()).toEqual([
    '/project/apps/deep/er/x',
    '/project/apps/x',
  ]);
  expect(loaded.ok && loaded.value.watched).toContain('/project/apps/deep/er/');
});

test('packages are wanted by names, patterns, and what is left out', () => {
  const names = ['tool-a', 'tool-b', 'core'];
  const files = {
    'Cargo.toml': `[workspace]\nmembers = ${JSON.stringify(names)}\nresolver = "2"\n`,
    'Cargo.lock': `version = 4\n${names.map((name) => locked(name, [], '')).join('')}`,
    ...Object.fromEntries(
      names.flatMap((name) => [
        [`${name}/Cargo.toml`, manifest(name)],
        [`${name}/src/lib.rs`, ''],
      ]),
    ),
  };
  const chosen = (...packages: string[]) =>
    [...graphOf(files, { packages }).packages.values()].map(({ name }) => name).sort();
  expect(chosen('tool-*')).toEqual(['tool-a', 'tool-b']);
  expect(chosen('tool-[!b]', 'core@1.0.0')).toEqual(['core', 'tool-a']);
  expect(chosen('*', '!core')).toEqual(['tool-a', 'tool-b']);
  expect(chosen('!tool-?')).toEqual(['core']);
  expect(() => chosen('*', '!*')).toThrow('no packages to compile');
  expect(() => chosen('tol-*')).toThrow(
    'package pattern(s) `tol-*` not found in workspace `/project`',
  );
  expect(() => chosen('tool')).toThrow(
    'package ID specification `tool` did not match any packages',
  );
});

test('what members need can be wanted by name, with the features that they ask of it', () => {
  const wanted = (packages: readonly string[], change: Partial<UnitRequest> = {}) =>
    unitsOf(shared, { packages, ...change });
  expect(wanted(['x'])).toEqual(['x lib build opt=0 debug=2 [b]']);
  expect(wanted(['x@1', 'm@1.0'])).toContain('m lib build opt=0 debug=2 []');
  expect(wanted(['registry+https://example.org/index#x@1.0.0'])).toHaveLength(1);
  expect(wanted(['git+https://example.org/x?branch=b#1.0.0'])).toHaveLength(1);
  expect(wanted(['x'], { purpose: 'test' })).toEqual([
    'x lib test opt=0 debug=2 [b]',
    'x lib build opt=0 debug=2 [b]',
    'x lib doctest opt=0 debug=2 [b]',
  ]);
  expect(() => wanted(['x@2'])).toThrow('package ID specification `x@2` did not match');
  const features = { features: ['a'], all: false, withDefault: true };
  expect(() => wanted(['x'], { features })).toThrow(
    'cannot specify features for packages outside of workspace',
  );
  // With the first resolver features mean the root package, whichever is built.
  const first = shared['Cargo.toml'].replace('edition', 'resolver = "1"\nedition');
  const files = { ...shared, 'Cargo.toml': `${first}[features]\na = ["x/a"]\n` };
  expect(unitsOf(files, { packages: ['x'], features })).toEqual([
    'x lib build opt=0 debug=2 [a,b]',
  ]);
});

test('a package of a folder that is no member can be wanted by name', () => {
  const files = {
    'Cargo.toml': manifest('top', '[dependencies]\nnear = { path = "near" }\n'),
    'Cargo.lock': `version = 4\n${locked('far', [], '')}${locked('near', ['far'], '')}${locked('top', ['near'], '')}`,
    'src/lib.rs': '',
    'near/Cargo.toml': manifest('near', '[dependencies]\nfar = { path = "far" }\n'),
    'near/src/lib.rs': '',
    'near/far/Cargo.toml': manifest('far'),
    'near/far/src/lib.rs': '',
  };
  expect(unitsOf(files, { packages: ['far'] })).toEqual(['far lib build opt=0 debug=2 []']);
});

test("a folder of paths stands for crates of its names and versions, as a package of one's own", () => {
  const files = {
    'Cargo.toml': manifest('top', '[dependencies]\na = "1"\nb = "1"\n'),
    'Cargo.lock': `version = 4\n${locked('top', ['a', 'b'], '')}${locked('a')}${locked('b')}`,
    'src/lib.rs': '',
    'mine/deep/a/Cargo.toml': manifest('a'),
    'mine/deep/a/src/lib.rs': '',
    'mine/b/Cargo.toml': manifest('b', '', '1.0.1'),
    'mine/b/src/lib.rs': '',
    'crates/b-1.0.0/Cargo.toml': manifest('b'),
    'crates/b-1.0.0/src/lib.rs': '',
  };
  const rows = [...graphOf(files).packages.values()];
  expect(rows.map(({ name, folder, source }) => `${name} ${folder} ${source.kind}`)).toEqual([
    'a /project/mine/deep/a path',
    'b /project/crates/b-1.0.0 registry',
    'top /project path',
  ]);
});

test('a package of which nothing is wanted was not asked for, whatever needs it', () => {
  const untested = '[lib]\ntest = false\ndoctest = false\n';
  const files = {
    'Cargo.toml': `${manifest('top', '[dependencies]\ndep = { path = "dep" }\n')}[workspace]\n`,
    'Cargo.lock': `version = 4\n${locked('top', ['dep'], '')}${locked('dep', [], '')}`,
    'src/lib.rs': '',
    'dep/Cargo.toml': manifest('dep', untested),
    'dep/src/lib.rs': '',
  };
  const asked = (purpose: UnitRequest['purpose']) => {
    const { units, packages } = graphOf(files, { purpose, packages: ['*'] });
    return [...units.values()].flatMap((unit) =>
      unit.isSelected ? [packages.get(unit.package).name] : [],
    );
  };
  expect(asked('build')).toEqual(['dep', 'top']);
  expect(new Set(asked('test'))).toEqual(new Set(['top']));
});

test.each([
  ['registry', 'registry+https://h/index', 'version = "1"'],
  ['registry', 'sparse+https://h/index/', 'version = "1"'],
  ['git', 'git+https://h/x?branch=a%2Fb#0123', 'git = "https://h/x", branch = "a/b"'],
])('a package of a %s has its source as the lock file writes it', (kind, text, wanted) => {
  const from = `source = "${text}"\n`;
  const { packages } = graphOf({
    'Cargo.toml': manifest('top', `[dependencies]\nx = { ${wanted} }\n`),
    'Cargo.lock': `version = 4\n${locked('top', ['x'], '')}${locked('x', [], from)}`,
    'src/lib.rs': '',
    'crates/x-1.0.0/Cargo.toml': manifest('x'),
    'crates/x-1.0.0/src/lib.rs': '',
  });
  const of = [...packages.values()].find(({ name }) => name === 'x');
  expect(of?.source).toEqual({ kind, text });
});

test('the package that a command is called for is a member, whoever else has its name', () => {
  const files = {
    'Cargo.toml': '[workspace]\nmembers = ["b", "x"]\nexclude = ["y"]\nresolver = "1"\n',
    'b/Cargo.toml': manifest('b', '[dependencies]\nx = { path = "../y" }\n'),
    'x/Cargo.toml': manifest('x'),
    'y/Cargo.toml': manifest('x', '', '2.0.0'),
    'Cargo.lock':
      'version = 4\n[[package]]\nname = "x"\nversion = "2.0.0"\n[[package]]\nname = "x"\nversion = "1.0.0"\n[[package]]\nname = "b"\nversion = "1.0.0"\ndependencies = ["x 2.0.0"]\n',
    ...{ 'b/src/lib.rs': '', 'x/src/lib.rs': '', 'y/src/lib.rs': '' },
  };
  expect(unitsOf(files, { packages: ['x@1.0.0'], current: 'x' })).toEqual([
    'x lib build opt=0 debug=2 []',
  ]);
});
