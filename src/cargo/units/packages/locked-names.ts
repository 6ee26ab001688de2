import {
  isUsualRegistry,
  type LockedPackage,
  type LockedSource,
  lockedSource,
} from '../../lock/lock.ts';
import type { CrateDependency } from '../../manifest/manifest.ts';

/** What a package is known by in a lock file. */
interface NamedRow {
  readonly name: string;
  readonly version: string;
  readonly source: LockedSource;
}

/** Whether a package is among those that a locked one says it needs. */
export function isListed(locked: LockedPackage, row: NamedRow): boolean {
  return locked.dependencies.some((text) => names(text, row));
}

/** Whether a line of dependencies in a lock file means a package. */
export function names(text: string, { name, version, source }: NamedRow): boolean {
  const [, wantedName, wantedVersion, wantedSource] =
    /^(\S+)(?: (\S+))?(?: \((.*)\))?$/.exec(text) ?? [];
  return (
    wantedName === name &&
    (wantedVersion === undefined || wantedVersion === version) &&
    (wantedSource === undefined || isSource(source, wantedSource))
  );
}

/** The one whose source is what the manifest names; a patch may have put another in its place. */
export function preferred<T>(
  ids: readonly T[],
  row: (id: T) => Pick<NamedRow, 'source'>,
  declared: CrateDependency,
): T | undefined {
  if (ids.length < 2) return ids[0];
  const { git, registry } = declared;
  const rank = ({ source }: Pick<NamedRow, 'source'>): number => {
    if (git === undefined && source.kind === 'registry')
      return isUsualRegistry(source.url) === (registry === undefined) ? 0 : 3;
    if (git === undefined) return source.kind === 'path' ? 1 : 2;
    if (source.kind !== 'git') return 3;
    if (plainUrl(source.url) !== plainUrl(git.url)) return 2;
    return source.reference === git.reference ? 0 : 1;
  };
  return [...ids].sort((a, b) => rank(row(a)) - rank(row(b)))[0];
}

/** Tells whether two sources are the same. */
export function sourceKey(source: LockedSource): string {
  switch (source.kind) {
    case 'path':
      return 'path';
    case 'registry':
      return source.url;
    case 'git':
      return `${plainUrl(source.url)}?${source.reference}#${source.revision}`;
    case 'other':
      return source.text;
  }
}

/** Whether a source is the one that a lock file's dependency names; that leaves out the commit. */
function isSource(source: LockedSource, text: string): boolean {
  const wanted = lockedSource(text);
  if (wanted.kind === 'git' && source.kind === 'git')
    return plainUrl(wanted.url) === plainUrl(source.url) && wanted.reference === source.reference;
  return sourceKey(wanted) === sourceKey(source);
}

function plainUrl(url: string): string {
  return url
    .replace(/[?#].*$/s, '')
    .replace(/\.git$/, '')
    .replace(/\/$/, '');
}
