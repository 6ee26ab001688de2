import { expect, test } from 'vitest';
import { askedFeatures } from '../../../src/cli/cargo/asked-features.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const manifest = (name: string, rest: string) =>
  `[package]\nname = "${name}"\nversion = "1.0.0"\nedition = "2021"\n${rest}`;

const files = {
  'Cargo.toml': '[workspace]\nmembers = ["a", "b", "c"]\nresolver = "2"\n',
  'a/Cargo.toml': manifest('a', '[features]\nfa = []\n'),
  'b/Cargo.toml': manifest('b', '[dependencies]\na = { path = "../a" }\n[features]\nfb = []\n'),
  'c/Cargo.toml': manifest('c', '[features]\nfc = []\n'),
  ...{ 'a/src/lib.rs': '', 'b/src/lib.rs': '', 'c/src/lib.rs': '' },
};

function asked(
  options: Readonly<Record<string, string>>,
  member?: string,
  root = files['Cargo.toml'],
) {
  const fault = askedFeatures(
    new MemoryHost({ ...files, 'Cargo.toml': root }).files,
    {
      kind: 'to-set-up',
      sourceRoot: '/project',
      buildRoot: '/project/build',
      ...(member !== undefined && { member }),
    },
    new Map(Object.entries(options)),
  );
  return fault && [fault.message, ...fault.hints];
}

test('a feature that another member has is refused for packages that a command names', () => {
  expect(asked({ packages: 'b', features: 'fc' })).toEqual([
    "the package 'b' does not contain this feature: fc",
    'package with the missing feature: c',
  ]);
  expect(asked({ packages: 'a', features: 'fb,fc' })).toEqual([
    "the package 'a' does not contain these features: fb, fc",
    'packages with the missing features: b, c',
  ]);
  expect(asked({ packages: 'a,b', features: 'fc' })?.[0]).toBe(
    'none of the selected packages contains this feature: fc',
  );
  expect(asked({ features: 'fc' }, 'b')?.[0]).toContain("'b' does not contain");
});

test('features of the packages, of what they depend on, and of any where all are meant are fine', () => {
  expect(asked({ packages: 'b', features: 'fb,a/fa' })).toBe(undefined);
  expect(asked({ packages: '*,!c', features: 'fa' })).toBe(undefined);
  expect(asked({ features: 'fc' })).toBe(undefined);
  expect(asked({ packages: 'b' })).toBe(undefined);
});

test('with the first resolver features are those of the package that a command is called for', () => {
  const old = '[workspace]\nmembers = ["a", "b", "c"]\n';
  const said = (features: string, member?: string) =>
    asked({ packages: 'b', features }, member, old)?.[0];
  expect(said('fa', 'a')).toBe(undefined);
  expect(said('b/fb', 'a')).toBe(undefined);
  expect(said('fb', 'a')).toBe('package `a v1.0.0 (/project/a)` does not have the feature `fb`');
  expect(said('x/y', 'a')).toBe(
    'package `a v1.0.0 (/project/a)` does not have a dependency named `x`',
  );
  // A root without package is none.
  expect(said('fa')).toContain("'b' does not contain");
});

test('features cannot be asked of packages that are no members', () => {
  const fault = 'cannot specify features for packages outside of workspace';
  expect(asked({ packages: 'itoa', features: 'fa' })?.[0]).toBe(fault);
  expect(asked({ packages: 'itoa', all_features: 'true' })?.[0]).toBe(fault);
  expect(asked({ packages: 'itoa', default_features: 'false' })?.[0]).toBe(fault);
  expect(asked({ packages: 'itoa,a', features: 'fa' })).toBe(undefined);
  expect(asked({ packages: 'itoa' })).toBe(undefined);
});
