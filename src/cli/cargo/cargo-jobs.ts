import { configAt, plainConfig } from '../../cargo/config/config-value.ts';
import { loadConfig } from '../../cargo/config/load-config.ts';
import { cargoHome } from '../../cargo/crate-source.ts';
import type { Host } from '../../host/host.ts';
import { replaceDifferent } from '../../host/replace-different.ts';
import { jobsSaid, keptJobsPath } from './kept-jobs.ts';
import { isMesonProject } from './meson-project.ts';

/** How many commands Cargo would run at once in a Cargo workspace without build file; 0 where nobody says. */
export function cargoJobs({ files, system }: Host, sourceRoot: string): number {
  if (isMesonProject(files, sourceRoot)) return 0;
  return jobsSaid(system, configured({ files, system }, sourceRoot));
}

/** Writes down what is configured, for builds that read no configuration. It is an input of the setup. */
export function keepJobs(
  { files, system }: Host,
  { sourceRoot, buildRoot }: { readonly sourceRoot: string; readonly buildRoot: string },
): void {
  const path = keptJobsPath(buildRoot);
  if (!isMesonProject(files, sourceRoot))
    replaceDifferent(files, path, String(configured({ files, system }, sourceRoot)));
  else if (files.exists(path)) files.remove(path);
}

function configured({ files, system }: Pick<Host, 'files' | 'system'>, folder: string): unknown {
  const loaded = loadConfig(files, folder, cargoHome(system));
  const value = loaded.ok ? configAt(loaded.value.root, 'build', 'jobs') : undefined;
  return value === undefined ? 0 : plainConfig(value);
}
