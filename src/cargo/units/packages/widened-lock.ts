import type { CargoMetadata, MetadataPackage } from '../../cargo-metadata.ts';
import { type CargoLock, type LockedPackage, lockedSource } from '../../lock/lock.ts';
import { sourceKey } from './locked-names.ts';

type NamedCrate = Pick<LockedPackage, 'name' | 'version' | 'source'>;

/**
 * A lock file with what Cargo resolved beyond it. Features that a command alone asks for may need crates
 * that no manifest does: Cargo chooses their versions for that command, and leaves the file as it is.
 */
export function widenedLock(
  lock: CargoLock,
  { packages, resolve }: CargoMetadata,
  checksumOf: (crate: NamedCrate) => string | undefined,
): CargoLock {
  const byId = new Map(packages.map((one) => [one.id, one]));
  const needs = new Map(
    (resolve?.nodes ?? []).map(({ id, deps }) => [
      id,
      deps.flatMap(({ pkg }) => {
        const one = byId.get(pkg);
        return one === undefined ? [] : [lineOf(one)];
      }),
    ]),
  );
  const beyond = new Map(packages.map((one) => [keyOf(crateOf(one)), one]));
  const known = lock.packages.map((locked) => {
    const key = keyOf(locked);
    const more = needs.get(beyond.get(key)?.id ?? '') ?? [];
    beyond.delete(key);
    return { ...locked, dependencies: [...locked.dependencies, ...more] };
  });
  const place = { source: lock.source, span: { start: 0, end: 0 } };
  const added = [...beyond.values()].flatMap((one): readonly LockedPackage[] => {
    const crate = crateOf(one);
    if (crate.source.kind === 'path') return [];
    const dependencies = needs.get(one.id) ?? [];
    return [{ ...crate, checksum: checksumOf(crate), dependencies, place }];
  });
  return { ...lock, packages: [...known, ...added] };
}

function crateOf({ name, version, source }: MetadataPackage): NamedCrate {
  return { name, version, source: lockedSource(source ?? undefined) };
}

function keyOf({ name, version, source }: NamedCrate): string {
  return `${name} ${version} ${sourceKey(source)}`;
}

/** A package as lines of dependencies name it. */
function lineOf({ name, version, source }: MetadataPackage): string {
  return source === null ? `${name} ${version}` : `${name} ${version} (${source})`;
}
