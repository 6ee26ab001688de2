import type { EnvironmentChange } from '../../../../base/environment.ts';

/** Runs a command with variables that a file of exports sets, and with those that no shell can say. */
export function withVariablesOf(
  file: string,
  environment: readonly EnvironmentChange[],
  argv: readonly string[],
): readonly string[] {
  return ['sh', '-c', '. "$0"; exec "$@"', file, ...pastShell(environment), ...argv];
}

/**
 * Words before a command that is started by a shell: some shells lose variables whose names they could
 * not write (`CARGO_BIN_EXE_my-tool`), so `env` sets these anew.
 */
export function pastShell(environment: readonly EnvironmentChange[]): readonly string[] {
  const odd = environment.flatMap((change) =>
    change.kind === 'set' && !/^[A-Za-z_]\w*$/.test(change.name)
      ? [`${change.name}=${change.value}`]
      : [],
  );
  return odd.length === 0 ? [] : ['env', ...odd];
}
