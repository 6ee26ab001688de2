import type { EnvironmentChange } from '../../../../base/environment.ts';

/** Runs a command with the variables that a file of exports sets, and with those whose names no shell can express. */
export function withVariablesOf(
  file: string,
  environment: readonly EnvironmentChange[],
  argv: readonly string[],
): readonly string[] {
  return ['sh', '-c', '. "$0"; exec "$@"', file, ...pastShell(environment, argv)];
}

/**
 * A command that is started by a shell: some shells lose variables whose names they could not write
 * (`CARGO_BIN_EXE_my-tool`), so `env` sets these anew. It takes a program whose path has a `=` for
 * another variable: such a one is started by `nice`, which changes nothing here.
 */
export function pastShell(
  environment: readonly EnvironmentChange[],
  argv: readonly string[],
): readonly string[] {
  const odd = environment.flatMap((change) =>
    change.kind === 'set' && !/^[A-Za-z_]\w*$/.test(change.name)
      ? [`${change.name}=${change.value}`]
      : [],
  );
  if (odd.length === 0) return argv;
  const isTaken = argv[0]?.includes('=') === true;
  return ['env', ...odd, ...(isTaken ? ['nice', '-n', '0'] : []), ...argv];
}
