import { expect, test } from 'vitest';
import { loadWorkspace } from '../../../src/cargo/units/packages/load-workspace.ts';
import type { UnitRequest } from '../../../src/cargo/units/unit-graph.ts';
import { MemoryHost } from '../../support/memory-host.ts';
import { graphOf, locked, manifest, shared, unitsOf } from './graph-of.ts';

test('tests bring unit tests, integration tests with the programs they run, and documentation tests', () => {
  const files = { ...shared, 'tests/it.rs': '', 'examples/ex.rs': '' };
  const units = unitsOf(files, { purpose: 'test' }).filter((unit) => unit.startsWith('top'));
  expect(units.sort()).toEqual([
    'top bin build opt=0 debug=2 []',
    'top bin test opt=0 debug=2 []',
    'top build-script build opt=0 debug=0 []',
    'top build-script run-script opt=0 debug=2 []',
    'top example build opt=0 debug=2 []',
    'top lib build opt=0 debug=2 []',
    'top lib doctest opt=0 debug=2 []',
    'top lib test opt=0 debug=2 []',
    'top test test opt=0 debug=2 []',
  ]);
});

test('a source above its package is known by its path, and as the manifest spells it', () => {
  const { units } = graphOf({
    'Cargo.toml': manifest('own', 'build = "../made.rs"\n'),
    'src/lib.rs': '',
    '/made.rs': '',
  });
  expect([...units.values()].map(({ target }) => [target.path, target.spelled])).toEqual(
    expect.arrayContaining([
      ['/project/src/lib.rs', undefined],
      ['/made.rs', '/project/../made.rs'],
    ]),
  );
});

test('a README that may come is looked for, as its name is told to rustc', () => {
  const host = new MemoryHost({ 'Cargo.toml': manifest('own') });
  const loaded = loadWorkspace(host.files, '/project');
  expect(loaded.ok && loaded.value.watched).toContain('/project/README.md?');
});

test('a published package may lack tests that its manifest names', () => {
  const manifest = `${shared['crates/x-1.0.0/Cargo.toml']}[[test]]\nname = "gone"\n[[test]]\nname = "here"\n`;
  const files = {
    ...shared,
    'crates/x-1.0.0/Cargo.toml': manifest,
    'crates/x-1.0.0/tests/here.rs': '',
  };
  const found = unitsOf(files, { packages: ['x'], purpose: 'test' });
  expect(found.filter((unit) => unit.startsWith('x test'))).toEqual([
    'x test test opt=0 debug=2 [b]',
  ]);
});

test('paths may be absolute: of dependencies, patches and targets', () => {
  const files = {
    'Cargo.toml': manifest(
      'top',
      '[lib]\npath = "/elsewhere/top.rs"\n[dependencies]\nd = { path = "/elsewhere/d/" }\nx = "1"\n[patch.crates-io]\nx = { path = "/elsewhere/x" }\n',
    ),
    'Cargo.lock': `version = 4\n${locked('d', [], '')}${locked('top', ['d', 'x'], '')}${locked('x', [], '')}`,
    '/elsewhere/top.rs': '',
    '/elsewhere/d/Cargo.toml': manifest('d'),
    '/elsewhere/d/src/lib.rs': '',
    '/elsewhere/x/Cargo.toml': manifest('x'),
    '/elsewhere/x/src/lib.rs': '',
  };
  const { units } = graphOf(files);
  expect([...units.values()].map(({ target }) => target.path).sort()).toEqual([
    ...['/elsewhere/d/src/lib.rs', '/elsewhere/top.rs', '/elsewhere/x/src/lib.rs'],
  ]);
});

test('libraries that a machine has none of are not made, unless there is nothing else', () => {
  const files = {
    'Cargo.toml': manifest('top', '[lib]\ncrate-type = ["cdylib", "rlib"]\n'),
    'Cargo.lock': 'version = 4\n',
    'src/lib.rs': '',
  };
  const types = (change: Partial<UnitRequest>) =>
    [...graphOf(files, change).units.values()].flatMap(({ target }) => target.crateTypes);
  expect(types({})).toEqual(['cdylib', 'rlib']);
  expect(types({ supports: (type) => type !== 'cdylib' })).toEqual(['rlib']);
  expect(types({ supports: () => false })).toEqual(['cdylib', 'rlib']);
});

test('features of a nightly Cargo that would change the build are noted', () => {
  const cargoFeatures = 'cargo-features = ["profile-rustflags", "edition2024"]\n';
  const files = { 'Cargo.toml': `${cargoFeatures}${manifest('top')}`, 'src/lib.rs': '' };
  const loaded = loadWorkspace(new MemoryHost(files).files, '/project');
  expect(loaded.ok && loaded.value.unheeded).toEqual(['profile-rustflags']);
});

test('documentation tests that a manifest switches off are there for who asks for them', () => {
  const documented = (lib: string, purpose: UnitRequest['purpose']) => {
    const files = {
      'Cargo.toml': manifest('top', lib),
      'Cargo.lock': `version = 4\n${locked('top', [], '')}`,
      'src/lib.rs': '',
    };
    return unitsOf(files, { purpose }).filter((unit) => unit.includes(' doctest ')).length;
  };
  const off = '[lib]\ndoctest = false\n';
  expect([documented(off, 'test'), documented(off, 'test-named')]).toEqual([0, 1]);
  expect(documented(`${off}crate-type = ["cdylib"]\n`, 'test-named')).toBe(0);
});

test('a published package may not lack a program that its manifest names', () => {
  const manifest = `${shared['crates/x-1.0.0/Cargo.toml']}[[bin]]\nname = "gone"\n`;
  const files = { ...shared, 'crates/x-1.0.0/Cargo.toml': manifest };
  expect(() => unitsOf(files)).toThrow("can't find `gone` bin at `src/bin/gone.rs`");
  const found = unitsOf({ ...files, 'crates/x-1.0.0/src/bin/gone.rs': '' });
  expect(found.filter((unit) => unit.startsWith('x'))).toHaveLength(2);
});
