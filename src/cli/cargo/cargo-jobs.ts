import { configOption } from '../../base/cargo-options.ts';
import { configAt, plainConfig } from '../../cargo/config/config-value.ts';
import { loadConfig } from '../../cargo/config/load-config.ts';
import { configPlace } from '../../cargo/config/said-config.ts';
import { cargoHome } from '../../cargo/crate-source.ts';
import type { Host } from '../../host/host.ts';
import { replaceDifferent } from '../../host/replace-different.ts';
import { loadCommandLine } from '../../store/setup/setup-state.ts';
import { jobsSaid, keptJobsPath } from './kept-jobs.ts';
import { isMesonProject } from './meson-project.ts';

/** How many commands Cargo would run at once in a Cargo workspace without build file; 0 where nobody says. */
export function cargoJobs({ files, system }: Host, place: Place): number {
  if (isMesonProject(files, place.sourceRoot)) return 0;
  const { jobs, isOverridden } = configured({ files, system }, place);
  return jobsSaid(isOverridden ? { ...system, environment: {} } : system, jobs);
}

interface Place {
  readonly sourceRoot: string;
  readonly buildRoot: string;
}

/** Writes down what is configured, for builds that read no configuration. It is an input of the setup. */
export function keepJobs({ files, system }: Host, place: Place): void {
  const path = keptJobsPath(place.buildRoot);
  if (!isMesonProject(files, place.sourceRoot))
    replaceDifferent(files, path, String(configured({ files, system }, place).jobs));
  else if (files.exists(path)) files.remove(path);
}

function configured(
  { files, system }: Pick<Host, 'files' | 'system'>,
  { sourceRoot, buildRoot }: Place,
): { readonly jobs: unknown; readonly isOverridden: boolean } {
  const said = loadCommandLine(files, buildRoot).options.get(configOption);
  const loaded = loadConfig(files, configPlace(sourceRoot, said), cargoHome(system));
  if (!loaded.ok) return { jobs: 0, isOverridden: false };
  const { root, overridden } = loaded.value;
  const value = configAt(root, 'build', 'jobs');
  return {
    jobs: value === undefined ? 0 : plainConfig(value),
    isOverridden: overridden.includes('CARGO_BUILD_JOBS'),
  };
}
