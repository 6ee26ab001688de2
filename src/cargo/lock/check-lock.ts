import { type Diagnostic, errorAt, type Place } from '../../diag/diagnostic.ts';
import { apiOf } from '../requirement.ts';
import type { CargoLock, LockedPackage } from './lock.ts';

/** A crate that a wrap names, with the line that says its version. */
export interface PinnedCrate {
  readonly name: string;
  readonly version: string;
  readonly sha256: string | undefined;
  readonly place: Place;
}

/**
 * Compares the wraps in use with the project's `Cargo.lock`: both must mean the same crates. A
 * difference is an error that shows both lines.
 */
export function checkLock(wraps: readonly PinnedCrate[], lock: CargoLock): readonly Diagnostic[] {
  return wraps.flatMap((wrap) => {
    const named = lock.packages.filter(({ name }) => name === wrap.name);
    const same = named.find(({ version }) => version === wrap.version);
    if (same !== undefined) return checksumDifference(wrap, same, lock);
    const [other] = [
      ...named.filter(({ version }) => apiOf(version) === apiOf(wrap.version)),
      ...named,
    ];
    return [other === undefined ? notLocked(wrap, lock) : versionDifference(wrap, other, lock)];
  });
}

function versionDifference(wrap: PinnedCrate, locked: LockedPackage, lock: CargoLock): Diagnostic {
  const { name } = wrap;
  return {
    ...errorAt(
      wrap.place,
      `${name} is ${wrap.version} in its wrap, but ${locked.version} in ${lock.source.path}`,
      `Make them agree: "cargo update -p ${name} --precise ${wrap.version}", or a wrap of ${locked.version}.`,
    ),
    related: [{ place: locked.place, message: lineText(locked) }],
  };
}

function checksumDifference(
  wrap: PinnedCrate,
  locked: LockedPackage,
  lock: CargoLock,
): Diagnostic[] {
  const { name, version, sha256 } = wrap;
  if (sha256 === undefined || locked.checksum === undefined || sha256 === locked.checksum)
    return [];
  return [
    {
      ...errorAt(
        wrap.place,
        `${name} ${version} has the hash ${sha256} in its wrap, but ${locked.checksum} in ${lock.source.path}`,
      ),
      related: [{ place: locked.place, message: lineText(locked) }],
    },
  ];
}

function notLocked({ name, version, place }: PinnedCrate, lock: CargoLock): Diagnostic {
  return {
    ...errorAt(
      place,
      `${name} ${version} is used, but ${lock.source.path} does not have it`,
      '"cargo update --workspace" adds what is missing.',
    ),
    severity: 'warning',
  };
}

function lineText({ name, place }: LockedPackage): string {
  return `${place.source.text.slice(place.span.start, place.span.end)} (of ${name})`;
}
