import { cargoAt } from '../../cargo/config/said-config.ts';
import { findCargo } from '../../cargo/crate-source.ts';
import type { Call } from '../call.ts';
import { configPlaceOf } from './config-place.ts';

/** Lets the user's Cargo make a workspace's `Cargo.lock` where there is none, as `cargo build` does. */
export function makeLock(
  call: Call,
  { folder, locked }: { readonly folder: string; readonly locked: boolean },
): void {
  const { host, options } = call.evaluation;
  const { files, processes, system } = host;
  if (files.isFile(`${folder}/Cargo.lock`)) return;
  if (locked)
    call.fail(`cannot create the lock file ${folder}/Cargo.lock because --locked was passed`, {
      hint: 'Make it by "cargo generate-lockfile", or leave --locked and --frozen out.',
    });
  const cargo = findCargo(host);
  // A workspace of path dependencies alone can do without.
  if (cargo === undefined) return;
  const mode = options.get({ name: 'wrap_mode', subproject: undefined, machine: 'host' });
  const { workingDirectory, words } = cargoAt(configPlaceOf(call.evaluation, folder));
  const { ended, stderr } = processes.run({
    argv: [
      ...[cargo, 'generate-lockfile', ...(mode === 'nodownload' ? ['--offline'] : []), ...words],
      ...['--manifest-path', `${folder}/Cargo.toml`],
    ],
    workingDirectory,
    environment: { ...system.environment, CARGO_TERM_COLOR: 'never' },
  });
  if (ended.kind === 'exited' && ended.code === 0) return;
  const { first, causes } = saidByCargo(stderr);
  call.fail(`${folder} has no Cargo.lock, and none can be made: ${first}`, {
    hint: causes,
  });
}

/** The error that Cargo ended with, and its causes in one line. Before it Cargo tells what it does: waiting, updating. */
export function saidByCargo(stderr: string): { readonly first: string; readonly causes: string } {
  const whole = stderr.trim().split('\n');
  const start = whole.findIndex((line) => line.startsWith('error: '));
  const [first = '', ...others] = whole.slice(Math.max(0, start));
  return {
    first: first.replace(/^error: /, '') || 'Cargo said nothing',
    causes: causesIn(others) || 'cargo generate-lockfile tells more',
  };
}

/** Cargo tells each cause in a paragraph of its own; of code that it shows, the place is enough. */
function causesIn(lines: readonly string[]): string {
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== 'Caused by:' && !/^\d* *\|/.test(line))
    .map((line) => line.replace(/^--> /, 'see '))
    .join('; ');
}
