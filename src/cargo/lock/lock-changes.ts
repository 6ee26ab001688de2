import { apiOf } from '../requirement.ts';
import type { CargoLock, LockedPackage } from './lock.ts';

/** How a lock file changed. Packages of the project itself are no part of it. */
export type LockChange =
  | { readonly kind: 'added'; readonly now: LockedPackage }
  | { readonly kind: 'removed'; readonly before: LockedPackage }
  | { readonly kind: 'changed'; readonly before: LockedPackage; readonly now: LockedPackage };

/**
 * Compares two states of a lock. A version that went and one that came are one change where they are
 * the only ones of that crate, or of its interface.
 */
export function lockChanges(
  before: CargoLock | undefined,
  now: CargoLock | undefined,
): readonly LockChange[] {
  const gone = missingIn(before, now);
  const come = missingIn(now, before);
  const changes: LockChange[] = [];
  for (const fresh of come) {
    const sameName = gone.filter(({ name }) => name === fresh.name);
    const alone = come.filter(({ name }) => name === fresh.name).length === 1;
    const old =
      sameName.find(({ version }) => apiOf(`=${version}`) === apiOf(`=${fresh.version}`)) ??
      (alone && sameName.length === 1 ? sameName[0] : undefined);
    if (old === undefined) changes.push({ kind: 'added', now: fresh });
    else {
      gone.splice(gone.indexOf(old), 1);
      changes.push({ kind: 'changed', before: old, now: fresh });
    }
  }
  changes.push(...gone.map((old) => ({ kind: 'removed' as const, before: old })));
  return changes;
}

/** Changes in one line: `+ itoa 1.0.18, ~ libc 0.2.1 -> 0.2.2`. */
export function shownChanges(changes: readonly LockChange[]): string {
  const more = changes.length > shownAtMost ? [`${changes.length - shownAtMost} more`] : [];
  return [...changes.slice(0, shownAtMost).map(shownChange), ...more].join(', ');
}

const shownAtMost = 8;

/** A changed crate on one line: `+`, `-` or `~`, its name and its versions. */
export function shownChange(change: LockChange): string {
  switch (change.kind) {
    case 'added':
      return `+ ${change.now.name} ${change.now.version}`;
    case 'removed':
      return `- ${change.before.name} ${change.before.version}`;
    case 'changed':
      return `~ ${change.now.name} ${from(change.before, change.now)} -> ${from(change.now, change.before)}`;
  }
}

/** What tells one state of a package from another: its version, or the commit where that is the same. */
function from({ version, source }: LockedPackage, other: LockedPackage): string {
  return version === other.version && source.kind === 'git'
    ? `${version} (${source.revision.slice(0, 8)})`
    : version;
}

function missingIn(lock: CargoLock | undefined, other: CargoLock | undefined): LockedPackage[] {
  const known = new Set(other?.packages.map(identity));
  return (lock?.packages ?? []).filter(
    (each) => each.source.kind !== 'path' && !known.has(identity(each)),
  );
}

function identity({ name, version, source }: LockedPackage): string {
  return JSON.stringify([name, version, source]);
}
