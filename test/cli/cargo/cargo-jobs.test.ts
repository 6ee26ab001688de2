import { expect, test } from 'vitest';
import { cargoJobs, keepJobs } from '../../../src/cli/cargo/cargo-jobs.ts';
import { keptJobs } from '../../../src/cli/cargo/kept-jobs.ts';
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
    { sourceRoot: '/w', buildRoot: '/o' },
  );
}

test('a Cargo workspace runs as many commands at once as Cargo is told to', () => {
  expect(jobs('')).toBe(0);
  expect(jobs('[build]\njobs = 3\n')).toBe(3);
  expect(jobs('[build]\njobs = 3\n', '2')).toBe(2);
  expect(jobs('[build]\njobs = -1\n')).toBe(3);
  expect(jobs('[build]\njobs = "default"\n')).toBe(0);
});

test('a setup keeps what is configured, for builds that read no configuration', () => {
  const host = new MemoryHost({ '/w/.cargo/config.toml': '[build]\njobs = 3\n', '/o/x': '' });
  const place = { sourceRoot: '/w', buildRoot: '/o' };
  expect(keptJobs(host, '/o')).toBe(0);
  host.files.makeDirectory('/o/meson-private');
  keepJobs(host, place);
  expect(keptJobs(host, '/o')).toBe(3);
  const system = { ...host.system, environment: { CARGO_BUILD_JOBS: '2' } };
  expect(keptJobs({ files: host.files, system }, '/o')).toBe(2);
  host.files.write('/w/meson.build', '');
  keepJobs(host, place);
  expect(keptJobs({ files: host.files, system }, '/o')).toBe(0);
});

test('a project with a build file of its own is not asked', () => {
  expect(jobs('[build]\njobs = 3\n', undefined, { '/w/meson.build': '' })).toBe(0);
});
