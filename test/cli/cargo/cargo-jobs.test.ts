import { expect, test } from 'vitest';
import { cargoJobs } from '../../../src/cli/cargo/cargo-jobs.ts';
import { MemoryHost } from '../../support/memory-host.ts';

function jobs(
  config: string,
  variable?: string,
  more: Readonly<Record<string, string>> = {},
): number {
  const host = new MemoryHost({ '/w/.cargo/config.toml': config, ...more });
  const { environment, ...system } = host.system;
  const variables = {
    ...environment,
    ...(variable !== undefined && { CARGO_BUILD_JOBS: variable }),
  };
  return cargoJobs(
    { ...host, files: host.files, system: { ...system, cores: 4, environment: variables } },
    '/w',
  );
}

test('a Cargo workspace runs as many commands at once as Cargo is told to', () => {
  expect(jobs('')).toBe(0);
  expect(jobs('[build]\njobs = 3\n')).toBe(3);
  expect(jobs('[build]\njobs = 3\n', '2')).toBe(2);
  expect(jobs('[build]\njobs = -1\n')).toBe(3);
  expect(jobs('[build]\njobs = "default"\n')).toBe(0);
});

test('a project with a build file of its own is not asked', () => {
  expect(jobs('[build]\njobs = 3\n', undefined, { '/w/meson.build': '' })).toBe(0);
});
