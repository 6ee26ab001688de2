import { archiveChecksum } from '../../cargo/archive-checksum.ts';
import { parseCargoMetadata } from '../../cargo/cargo-metadata.ts';
import type { CargoConfig } from '../../cargo/config/cargo-config.ts';
import type { CargoLock } from '../../cargo/lock/lock.ts';
import { widenedLock } from '../../cargo/units/packages/widened-lock.ts';
import type { UnitRequest } from '../../cargo/units/unit-graph.ts';
import type { Call } from '../call.ts';
import { askCargo } from './ask-cargo.ts';
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
  const answer = askCargo(call, folder, ['metadata', '--format-version=1', ...wordsOf(request)]);
  if (answer === undefined) return undefined;
  const { ended, stdout } = answer;
  const told = ended.kind === 'exited' && ended.code === 0 ? parseCargoMetadata(stdout) : undefined;
  if (told === undefined) return undefined;
  return widenedLock(lock, told, (crate) =>
    config.directoryOf(crate.source) === undefined
      ? archiveChecksum(call.evaluation.host, configPlaceOf(call.evaluation, folder), crate)
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
