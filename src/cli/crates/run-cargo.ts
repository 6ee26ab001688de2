import { err, ok, type Result } from '../../base/result.ts';
import { type ConfigPlace, cargoAt } from '../../cargo/config/said-config.ts';
import { findCargo } from '../../cargo/crate-source.ts';
import type { Session } from '../session.ts';

export interface CargoRun {
  readonly stdout: string;
  readonly stderr: string;
}

/** Cargo, with the configuration of a place. */
export type RunCargo = (words: readonly string[]) => Promise<Result<CargoRun, string>>;

/**
 * The user's Cargo, told to keep within `rust-version`. It is ended when the signal is; an error is
 * what it said.
 */
export function cargoIn(
  { host }: Session,
  place: ConfigPlace,
  signal: AbortSignal,
): Result<RunCargo, string> {
  const program = findCargo(host);
  if (program === undefined)
    return err('cargo is not installed; packages named "cargo" bring it, with Homebrew "rust"');
  const { workingDirectory, words: configured } = cargoAt(place);
  return ok(async (words) => {
    if (signal.aborted) return err('interrupted');
    const child = host.processes.spawn({
      argv: [program, ...configured, ...words],
      workingDirectory,
      environment: {
        ...host.system.environment,
        CARGO_TERM_COLOR: 'never',
        CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS: 'fallback',
      },
    });
    const end = (): void => child.kill('SIGINT');
    signal.addEventListener('abort', end);
    const { ended, stdout, stderr } = await child.done;
    signal.removeEventListener('abort', end);
    if (signal.aborted) return err('interrupted');
    if (ended.kind === 'exited' && ended.code === 0) return ok({ stdout, stderr });
    return err(ended.kind === 'not-started' ? ended.reason : saidBy(stderr));
  });
}

/** Without progress, and without the secrets that an address may hold. */
function saidBy(stderr: string): string {
  return stderr
    .split('\n')
    .filter(
      (line) =>
        !/^\s*(Blocking|Updating|Downloading|Downloaded|Locking|Adding|Removing) /.test(line),
    )
    .join('\n')
    .trim()
    .replace(/^error: /, '')
    .replace(/\b([a-z+]+:\/\/)[^/\s@]*@/gi, '$1');
}
