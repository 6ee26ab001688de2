import { expect, test } from 'vitest';
import { loadWorkspace } from '../../../src/cargo/units/packages/load-workspace.ts';
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
  const loaded = loadWorkspace(new MemoryHost(files).files, '/project');
  const members = loaded.ok ? [...loaded.value.members.values()] : [];
  const manifests = members.map(({ manifest }) => manifest);
  const why = (kind: 'program' | 'example', name: string) =>
    unmetFeatures(manifests, { kind, name });
  expect(why('program', 'x')).toBe(
    'target `x` in package `own` requires the features: `f`, `g`\nConsider enabling them by passing, e.g., `--features="f g"`',
  );
  expect(why('program', 'e')).toContain('target `e` in package `own` requires');
  expect(why('example', 'e')).toContain('requires the features: `g`');
  expect(why('example', 'x')).toBe(undefined);
  expect(why('program', 'plain')).toBe(undefined);
});
