import { cargoAt } from '../../cargo/config/said-config.ts';
import { findCargo } from '../../cargo/crate-source.ts';
import type { Finished } from '../../host/host.ts';
import type { Call } from '../call.ts';
import { wrapModeOf } from '../subprojects/wrap-mode.ts';
import { configPlaceOf } from './config-place.ts';

/**
 * Runs the user's Cargo for the workspace of a folder, with the configuration that kaon was given, and without the
 * network where the build is. Undefined where there is no Cargo.
 */
export function askCargo(
  { evaluation }: Call,
  folder: string,
  command: readonly string[],
): Finished | undefined {
  const { processes, system } = evaluation.host;
  const cargo = findCargo(evaluation.host);
  if (cargo === undefined) return undefined;
  const { workingDirectory, words } = cargoAt(configPlaceOf(evaluation, folder));
  const offline = wrapModeOf(evaluation) === 'nodownload' ? ['--offline'] : [];
  return processes.run({
    argv: [
      ...[cargo, ...command, ...offline, ...words],
      ...['--manifest-path', `${folder}/Cargo.toml`],
    ],
    workingDirectory,
    environment: { ...system.environment, CARGO_TERM_COLOR: 'never' },
  });
}
