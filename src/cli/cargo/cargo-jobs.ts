import { configAt, plainConfig } from '../../cargo/config/config-value.ts';
import { loadConfig } from '../../cargo/config/load-config.ts';
import { cargoHome } from '../../cargo/crate-source.ts';
import type { Host } from '../../host/host.ts';
import { isMesonProject } from './meson-project.ts';

/**
 * How many commands Cargo would run at once in a Cargo workspace without build file: `CARGO_BUILD_JOBS`,
 * else `[build] jobs`. 0 where nobody says. A number below zero leaves so many cores to others.
 */
export function cargoJobs({ files, system }: Host, sourceRoot: string): number {
  if (isMesonProject(files, sourceRoot)) return 0;
  const variable = system.environment['CARGO_BUILD_JOBS'];
  const jobs = Number(variable || configured({ files, system }, sourceRoot));
  if (!Number.isInteger(jobs)) return 0;
  return jobs < 0 ? Math.max(1, system.cores + jobs) : jobs;
}

function configured({ files, system }: Pick<Host, 'files' | 'system'>, folder: string): unknown {
  const loaded = loadConfig(files, folder, cargoHome(system));
  const value = loaded.ok ? configAt(loaded.value.root, 'build', 'jobs') : undefined;
  return value === undefined ? 0 : plainConfig(value);
}
