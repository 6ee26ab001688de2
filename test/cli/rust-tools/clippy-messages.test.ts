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

const library = { rootModule: '/project/core/src/lib.rs', isTest: false };
const json = { kind: 'json', rendered: 'plain', forPeople: false } as const;
const run = { lines: said, hasPassed: true };

function reasons(told: string): readonly unknown[] {
  return told
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .map(({ reason, package_id, message }) => [reason, package_id, message?.rendered]);
}

test('what clippy says is told with whose it is, and that a crate was looked through', () => {
  const id = 'path+file:///project/core#0.1.0';
  const { told, aside } = clippyMessages(artifacts, library, { ...run, format: json });
  const message = ['compiler-message', id, 'w\n'];
  expect(reasons(told)).toEqual([message, ['compiler-artifact', id, undefined]]);
  expect(aside).toBe('');
  const failed = clippyMessages(artifacts, library, { ...run, hasPassed: false, format: json });
  expect(reasons(failed.told)).toEqual([message]);
  const other = { ...library, rootModule: '/project/other.rs' };
  expect(clippyMessages(artifacts, other, { ...run, format: json }).told).toBe('');
});

test('what people are to read does not stand among messages', () => {
  const format = { ...json, forPeople: true };
  const { told, aside } = clippyMessages(artifacts, library, { ...run, format });
  expect(reasons(told)).toMatchObject([['compiler-artifact', expect.anything(), undefined]]);
  expect(aside).toBe('w\n');
});

test('short messages of clippy are lines', () => {
  const format = { kind: 'short' } as const;
  expect(clippyMessages(artifacts, library, { ...run, format }).told).toBe('warning: w\n');
});
