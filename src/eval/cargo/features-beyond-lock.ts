import { archiveChecksum } from '../../cargo/archive-checksum.ts';
import { parseCargoMetadata } from '../../cargo/cargo-metadata.ts';
import type { CargoConfig } from '../../cargo/config/cargo-config.ts';
import { cargoAt } from '../../cargo/config/said-config.ts';
import { findCargo } from '../../cargo/crate-source.ts';
import type { CargoLock } from '../../cargo/lock/lock.ts';
import { widenedLock } from '../../cargo/units/packages/widened-lock.ts';
import type { UnitRequest } from '../../cargo/units/unit-graph.ts';
import type { Call } from '../call.ts';
import { configPlaceOf } from './config-place.ts';

/**
 * The lock file with the crates that features of one command need beyond it, as Cargo resolves them for
 * that command. Undefined where it cannot.
 */
export function lockWithFeatures(
  call: Call,
  { folder, lock }: { readonly folder: string; readonly lock: CargoLock },
  { config, request }: { readonly config: CargoConfig; readonly request: FeatureRequest },
): CargoLock | undefined {
  const { host, options } = call.evaluation;
  const { processes, system } = host;
  const cargo = findCargo(host);
  if (cargo === undefined) return undefined;
  const mode = options.get({ name: 'wrap_mode', subproject: undefined, machine: 'host' });
  const place = configPlaceOf(call.evaluation, folder);
  const { workingDirectory, words } = cargoAt(place);
  const { ended, stdout } = processes.run({
    argv: [
      ...[cargo, 'metadata', '--format-version=1', ...wordsOf(request)],
      ...(mode === 'nodownload' ? ['--offline'] : []),
      ...words,
      ...['--manifest-path', `${folder}/Cargo.toml`],
    ],
    workingDirectory,
    environment: { ...system.environment, CARGO_TERM_COLOR: 'never' },
  });
  const told = ended.kind === 'exited' && ended.code === 0 ? parseCargoMetadata(stdout) : undefined;
  if (told === undefined) return undefined;
  return widenedLock(lock, told, (crate) =>
    config.directoryOf(crate.source) === undefined
      ? archiveChecksum(host, place, crate)
      : undefined,
  );
}

type FeatureRequest = Pick<UnitRequest, 'features' | 'platform'>;

/** Crates that only other machines need are not fetched. */
function wordsOf({ features, platform }: FeatureRequest): readonly string[] {
  const triples = (['build', 'host'] as const).flatMap((side) => platform(side).triple ?? []);
  return [
    ...(features.features.length > 0 ? ['--features', features.features.join(',')] : []),
    ...(features.all ? ['--all-features'] : []),
    ...(features.withDefault ? [] : ['--no-default-features']),
    ...[...new Set(triples)].flatMap((triple) => ['--filter-platform', triple]),
  ];
}
