import { expect, test } from 'vitest';
import { unmetFeatures } from '../../../src/cli/cargo/unmet-features.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const files = {
  'Cargo.toml': '[workspace]\nmembers = ["own"]\n',
  'own/Cargo.toml': `[package]
name = "own"
version = "1.0.0"
edition = "2021"
[features]
f = []
g = []
[[bin]]
name = "x"
required-features = ["f", "g"]
[[example]]
name = "e"
required-features = ["g"]
`,
  'own/src/bin/x.rs': '',
  'own/src/bin/plain.rs': '',
  'own/examples/e.rs': '',
};

test('a program that requires features says which, and how to ask for them', () => {
  const why = (kind: 'program' | 'example', name?: string, more = {}) =>
    unmetFeatures(new MemoryHost({ ...files, ...more }).files, '/project', {
      kind,
      ...(name !== undefined && { name }),
    });
  expect(why('program', 'x')).toBe(
    'target `x` in package `own` requires the features: `f`, `g`\nConsider enabling them by passing, e.g., `--features="f g"`',
  );
  expect(why('program')).toContain('target `x` in package `own` requires');
  expect(why('example', 'e')).toContain('requires the features: `g`');
  expect(why('example', 'x')).toBe(undefined);
  expect(why('program', 'plain')).toBe(undefined);
  expect(why('program', 'x', { 'meson.build': '' })).toBe(undefined);
});
