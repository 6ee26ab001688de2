import { expect, test } from 'vitest';
import { clippyMessages } from '../../../src/cli/rust-tools/clippy-messages.ts';
import type { CrateArtifact } from '../../../src/model/crate-artifact.ts';

const artifact = (isTest: boolean): CrateArtifact => ({
  output: `core-${isTest}`,
  packageId: 'path+file:///project/core#0.1.0',
  manifest: '/project/core/Cargo.toml',
  target: {
    ...{ kind: ['lib'], crateTypes: ['lib'], name: 'core', edition: '2021' },
    ...{ source: '/project/core/src/lib.rs', isDocumented: true },
    ...{ isDoctested: true, isTested: true, requiredFeatures: [] },
  },
  profile: {
    ...{ optLevel: '0', debuginfo: '2', debugAssertions: true },
    ...{ overflowChecks: true, isTest },
  },
  features: [],
  isProgram: isTest,
});

const artifacts = new Map([artifact(true), artifact(false)].map((one) => [one.output, one]));
const said =
  '{"rendered":"w\\n","level":"warning","message":"w","code":null,"spans":[]}\nno message\n{"artifact":"x"}\n';

test('what clippy says is told with whose it is', () => {
  const of = (rootModule: string) =>
    clippyMessages(
      artifacts,
      { rootModule, isTest: false },
      { lines: said, format: { kind: 'json', rendered: 'plain', forPeople: false } },
    );
  const lines = of('/project/core/src/lib.rs').trim().split('\n');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    reason: 'compiler-message',
    package_id: 'path+file:///project/core#0.1.0',
    message: { rendered: 'w\n' },
  });
  expect(of('/project/other.rs')).toBe('');
});

test('short messages of clippy are lines', () => {
  const format = { kind: 'short' } as const;
  const crate = { rootModule: '/project/core/src/lib.rs', isTest: false };
  expect(clippyMessages(artifacts, crate, { lines: said, format })).toBe('warning: w\n');
});
