import type { Files, Host } from '../../host/host.ts';
import { privateFolder } from '../../store/setup/setup-state.ts';

/** Where a setup writes `[build] jobs` of Cargo's configuration; only in a Cargo workspace without build file. */
export function keptJobsPath(buildRoot: string): string {
  return `${buildRoot}/${privateFolder}/cargo-jobs`;
}

/** What `cargoJobs` says, for who has no time to read a configuration: the last setup did. */
export function keptJobs(
  { files, system }: { readonly files: Pick<Files, 'readText'>; readonly system: Host['system'] },
  buildRoot: string,
): number {
  const kept = files.readText(keptJobsPath(buildRoot));
  return kept.ok ? jobsSaid(system, kept.value) : 0;
}

/** `CARGO_BUILD_JOBS`, else what is configured. A number below zero leaves so many cores to others. */
export function jobsSaid({ environment, cores }: Host['system'], configured: unknown): number {
  const jobs = Number(environment['CARGO_BUILD_JOBS'] || configured);
  if (!Number.isInteger(jobs)) return 0;
  return jobs < 0 ? Math.max(1, cores + jobs) : jobs;
}
