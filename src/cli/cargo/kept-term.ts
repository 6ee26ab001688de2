import { termVariables } from '../../base/cargo-variables.ts';
import type { Files, Host } from '../../host/host.ts';
import { privateFolder } from '../../store/setup/setup-state.ts';

/** There where `[term]` of Cargo's configuration asks a Cargo workspace without build file to tell more or less. */
export function keptTermPath(buildRoot: string): string {
  return `${buildRoot}/${privateFolder}/cargo-term`;
}

/**
 * Whether a build is to tell more or less than it does by itself: then nothing may be told in its place. For
 * who has no time to read a configuration: the last setup did.
 */
export function tellsOtherwise(
  { files, system }: { readonly files: Pick<Files, 'exists'>; readonly system: Host['system'] },
  buildRoot: string,
): boolean {
  const { environment } = system;
  return (
    files.exists(keptTermPath(buildRoot)) ||
    environment[termVariables.quiet] === 'true' ||
    environment[termVariables.verbose] === 'true'
  );
}
