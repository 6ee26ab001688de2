import type { CargoLock, LockedPackage } from '../../cargo/lock/lock.ts';

/** The packages that a lock says one needs. */
export function dependenciesOf(lock: CargoLock, of: LockedPackage): readonly LockedPackage[] {
  return of.dependencies.flatMap((text) => {
    const [name, version] = text.split(' ');
    return lock.packages.filter(
      (each) => each.name === name && (version === undefined || each.version === version),
    );
  });
}
