import { expect, test } from 'vitest';
import type { UnitRequest } from '../../../src/cargo/units/unit-graph.ts';
import { renderDiagnostic } from '../../../src/diag/render.ts';
import { graphOf, graphOrFaults, locked, manifest, shared, unitsOf } from './graph-of.ts';

test('tools of the build have features and settings of their own', () => {
  expect(unitsOf(shared).sort()).toEqual([
    'm lib build opt=0 debug=0 []',
    'top bin build opt=0 debug=2 []',
    'top build-script build opt=0 debug=0 []',
    'top build-script run-script opt=0 debug=2 []',
    'top lib build opt=0 debug=2 []',
    'x lib build opt=0 debug=0 [a]',
    'x lib build opt=0 debug=2 [b]',
  ]);
});

test('with the first resolver what other machines need counts, but need not be there', () => {
  const root = (platform: string) =>
    manifest(
      'top',
      `[dependencies]\nx = "1"\n[target.'${platform}'.dependencies]\nx = { version = "1", features = ["b"] }\nw = "1"\n`,
    ).replace('edition', 'resolver = "1"\nedition');
  const files = (platform: string) => ({
    'Cargo.toml': root(platform),
    'Cargo.lock': `version = 4\n${locked('top', ['w', 'x'], '')}${locked('x')}${locked('w')}`,
    'src/lib.rs': '',
    'crates/x-1.0.0/Cargo.toml': manifest('x', '[features]\na = []\nb = []\n'),
    'crates/x-1.0.0/src/lib.rs': '',
  });
  expect(unitsOf(files('cfg(windows)')).sort()).toEqual([
    'top lib build opt=0 debug=2 []',
    'x lib build opt=0 debug=2 [b]',
  ]);
  expect(() => unitsOf(files('cfg(unix)'))).toThrow('no w');
});

test('with the first resolver all share their features, and units that are the same are one', () => {
  const files = {
    ...shared,
    'Cargo.toml': shared['Cargo.toml'].replace('edition = "2021"', 'edition = "2018"'),
  };
  expect(unitsOf(files).filter((unit) => unit.startsWith('x'))).toEqual([
    'x lib build opt=0 debug=2 [a,b]',
  ]);
});

test('with the first resolver words for features mean the package that a command is called for', () => {
  const member = (name: string, rest: string) => ({
    [`${name}/Cargo.toml`]: manifest(name, rest),
    [`${name}/src/lib.rs`]: '',
  });
  const files = {
    'Cargo.toml': '[workspace]\nmembers = ["a", "b"]\nresolver = "1"\n',
    ...member('a', '[features]\nf = ["b/f"]\n[dependencies]\nb = { path = "../b" }\n'),
    ...member('b', '[features]\ndefault = ["g"]\nf = []\ng = []\n'),
  };
  const wanted = { features: ['f'], all: false, withDefault: false };
  const b = (change: Partial<UnitRequest>) => unitsOf(files, { packages: ['b'], ...change });
  expect(b({ features: wanted })).toEqual(['b lib build opt=0 debug=2 [f]']);
  expect(b({ features: wanted, current: 'a' })).toEqual([
    'b lib build opt=0 debug=2 [default,f,g]',
  ]);
  expect(b({ features: { ...wanted, features: ['b/f'] }, current: 'a' })).toEqual([
    'b lib build opt=0 debug=2 [default,f,g]',
  ]);
});

test('what a member tests itself with brings no features where another is selected', () => {
  const files = {
    'Cargo.toml': manifest(
      'top',
      '[workspace]\nmembers = ["side"]\n[dependencies]\nside = { path = "side" }\n[dev-dependencies]\nx = "1"\n',
    ),
    'Cargo.lock': `version = 4\n${locked('top', ['side', 'x'], '')}${locked('side', ['x'], '')}${locked('x')}`,
    'src/lib.rs': '',
    'side/Cargo.toml': manifest(
      'side',
      '[dev-dependencies]\nx = { version = "1", features = ["a"] }\n',
    ),
    'side/src/lib.rs': '',
    'crates/x-1.0.0/Cargo.toml': manifest('x', '[features]\na = []\n'),
    'crates/x-1.0.0/src/lib.rs': '',
  };
  const x = (packages: UnitRequest['packages']) =>
    unitsOf(files, { purpose: 'test', packages }).filter((unit) => unit.startsWith('x'));
  expect(x('default')).toEqual(['x lib build opt=0 debug=2 []']);
  expect(x(['*'])).toEqual(['x lib build opt=0 debug=2 [a]']);
});

test('tests of a macro have the features that those who use it ask for', () => {
  const files = {
    'Cargo.toml': '[workspace]\nmembers = ["m", "user"]\nresolver = "2"\n',
    'Cargo.lock': `version = 4\n${locked('m', [], '')}${locked('user', ['m'], '')}`,
    'm/Cargo.toml': manifest('m', '[lib]\nproc-macro = true\n[features]\na = []\n'),
    'm/src/lib.rs': '',
    'user/Cargo.toml': manifest(
      'user',
      '[dependencies]\nm = { path = "../m", features = ["a"] }\n',
    ),
    'user/src/lib.rs': '',
  };
  expect(
    unitsOf(files, { purpose: 'test' })
      .filter((unit) => unit.startsWith('m '))
      .sort(),
  ).toEqual([
    'm lib build opt=0 debug=0 [a]',
    'm lib doctest opt=0 debug=2 [a]',
    'm lib test opt=0 debug=2 [a]',
  ]);
});

test('a target may require a feature of a dependency', () => {
  const example = (name: string, feature: string) =>
    `[[example]]\nname = "${name}"\nrequired-features = ["x/${feature}"]\n`;
  const files = {
    'Cargo.toml': manifest(
      'top',
      `[dependencies]\nx = { version = "1", features = ["a"] }\n${example('one', 'a')}${example('two', 'b')}`,
    ),
    'Cargo.lock': `version = 4\n${locked('top', ['x'], '')}${locked('x')}`,
    'src/lib.rs': '',
    'examples/one.rs': '',
    'examples/two.rs': '',
    'crates/x-1.0.0/Cargo.toml': manifest('x', '[features]\na = []\nb = []\n'),
    'crates/x-1.0.0/src/lib.rs': '',
  };
  const examples = unitsOf(files, { purpose: 'test' }).filter((unit) => unit.includes('example'));
  expect(examples).toHaveLength(1);
});

test('all features may be asked for beside one of a dependency', () => {
  const files = {
    'Cargo.toml': manifest('own', '[features]\nf = []\n[dependencies]\nd = { path = "d" }\n'),
    'src/lib.rs': '',
    'd/Cargo.toml': manifest('d', '[features]\ng = []\n'),
    'd/src/lib.rs': '',
  };
  const features = { features: ['d/g'], all: true, withDefault: true };
  expect(unitsOf(files, { features })).toEqual([
    'd lib build opt=0 debug=2 [g]',
    'own lib build opt=0 debug=2 [f]',
  ]);
});

test('a feature of the name of an optional dependency does not switch it on', () => {
  const features = '[features]\nx = ["more"]\nmore = []\nboth = ["x/f"]\n';
  const files = {
    'Cargo.toml': manifest(
      'top',
      `${features}[dependencies]\nx = { version = "1", optional = true }\n`,
    ),
    'Cargo.lock': `version = 4\n${locked('top', ['x'], '')}${locked('x')}`,
    'src/lib.rs': '',
    'crates/x-1.0.0/Cargo.toml': manifest('x', '[features]\nf = []\n'),
    'crates/x-1.0.0/src/lib.rs': '',
  };
  const units = (...names: string[]) =>
    unitsOf(files, { features: { features: names, all: false, withDefault: true } });
  expect(units('x')).toEqual(['top lib build opt=0 debug=2 [more,x]']);
  expect(units('both')).toEqual([
    'x lib build opt=0 debug=2 [f]',
    'top lib build opt=0 debug=2 [both,more,x]',
  ]);
});

test('a feature that no selected package has is refused, and so is a profile that nothing declares', () => {
  const files = {
    'Cargo.toml':
      '[workspace]\nmembers = ["a", "b"]\n[profile.mine]\ninherits = "release"\n[profile.bare]\n',
    'Cargo.lock': `version = 4\n${locked('a', [], '')}${locked('b', ['a'], '')}`,
    'a/Cargo.toml': manifest('a', '[features]\nfast = []\n'),
    'a/src/lib.rs': '',
    'b/Cargo.toml': manifest('b', '[dependencies]\na = { path = "../a" }\n'),
    'b/src/lib.rs': '',
  };
  const asked = (packages: UnitRequest['packages'], feature: string) => () =>
    graphOf(files, {
      packages,
      features: { features: feature.split(','), all: false, withDefault: true },
    });
  expect(asked('default', 'fast')).not.toThrow();
  expect(asked(['b'], 'a/fast')).not.toThrow();
  expect(asked(['b'], 'fast')).not.toThrow();
  expect(asked(['a'], 'fats')).toThrow(`the package 'a' does not contain this feature: fats`);
  expect(asked(['b'], 'a/slow')).toThrow(
    'package `b` depends on `a` with feature `slow` but `a` does not have that feature.',
  );
  expect(asked(['a'], 'dep:a')).toThrow(
    'feature `dep:a` is not allowed to use explicit `dep:` syntax',
  );
  expect(asked(['a'], 'a/b/c')).toThrow('multiple slashes in feature `a/b/c` is not allowed');
  expect(asked(['a'], 'y,x')).toThrow(`the package 'a' does not contain these features: x, y`);
  expect(asked('default', 'c/fast')).toThrow(
    'none of the selected packages contains this feature: c/fast',
  );
  const profile = (name: string) => () => graphOf(files, { profile: name });
  expect(profile('mine')).not.toThrow();
  expect(profile('nope')).toThrow('profile `nope` is not defined');
  expect(profile('bare')).toThrow('profile `bare` is missing an `inherits` directive');
});

test('default is a feature only where the manifest declares it', () => {
  const files = {
    'Cargo.toml': '[workspace]\nmembers = ["a", "b"]\nresolver = "2"\n',
    'a/Cargo.toml': manifest('a', '[features]\nf = []\n'),
    'b/Cargo.toml': manifest('b', '[features]\ndefault = ["f"]\nf = []\n'),
    ...{ 'a/src/lib.rs': '', 'b/src/lib.rs': '' },
  };
  const features = { features: ['default'], all: false, withDefault: false };
  expect(unitsOf(files, { packages: ['*'], features })).toEqual([
    'a lib build opt=0 debug=2 []',
    'b lib build opt=0 debug=2 [default,f]',
  ]);
});

test('a feature that a dependency does not have is told at the dependency', () => {
  const files = {
    'Cargo.toml': '[workspace]\nmembers = ["a", "b"]\n',
    'Cargo.lock': `version = 4\n${locked('a', [], '')}${locked('b', ['a'], '')}`,
    'a/Cargo.toml': manifest('a', '[features]\nfast = []\n'),
    'a/src/lib.rs': '',
    'b/Cargo.toml': manifest(
      'b',
      '[target."cfg(all())".dependencies]\nmine = { package = "a", path = "../a", features = ["slow"] }\n',
    ),
    'b/src/lib.rs': '',
  };
  const graph = graphOrFaults(files);
  const [fault] = graph.ok ? [] : graph.error;
  expect(fault && renderDiagnostic(fault)).toBe(
    [
      '/project/b/Cargo.toml:6:0: ERROR: package `b` depends on `a` with feature `slow` but `a` does not have that feature.',
      '    6 | mine = { package = "a", path = "../a", features = ["slow"] }',
      '      | ^^^^',
      '  hint: available features: default, fast',
    ].join('\n'),
  );
});
