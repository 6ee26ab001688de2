import { err, ok, type Result } from '../../base/result.ts';
import { sha256Of } from '../../base/sha256.ts';
import { type Diagnostic, errorAt, type Place } from '../../diag/diagnostic.ts';
import type { Source } from '../../diag/source.ts';
import type { LockedCrate } from '../../model/locked-crate.ts';
import { parseToml, type Table, TableReader } from '../manifest/toml.ts';

/** A package of a `Cargo.lock`. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  readonly source: LockedSource;
  /** SHA-256 of the `.crate` archive. */
  readonly checksum: string | undefined;
  /** `name`, `name version` or `name version (source)`: as short as is unambiguous. */
  readonly dependencies: readonly string[];
  /** The package that `[replace]` puts in its place, named as dependencies are. */
  readonly replace?: string;
  /** Its `version` line. */
  readonly place: Place;
}

/** Where a locked package comes from. A path is the project's own. */
export type LockedSource =
  | { readonly kind: 'path' }
  | {
      readonly kind: 'registry';
      readonly url: string;
      /** Its index is asked for crate by crate. */
      readonly isSparse?: true;
    }
  | {
      readonly kind: 'git';
      readonly url: string;
      /** The commit. */
      readonly revision: string;
      readonly branch: string | undefined;
      /** How the manifest asks for it: `branch=x`, `tag=x`, `rev=x`, or nothing. */
      readonly reference: string;
    }
  | { readonly kind: 'other'; readonly text: string };

export interface CargoLock {
  readonly source: Source;
  readonly packages: readonly LockedPackage[];
  /** Patches that no package of the graph is, as `name v1.2.3`. */
  readonly unusedPatches: readonly string[];
}

/** Reads a `Cargo.lock` of any format, 1 to 4. */
export function parseLock(source: Source): Result<CargoLock, readonly Diagnostic[]> {
  const toml = parseToml(source);
  if (!toml.ok) return err([toml.error]);
  const diagnostics: Diagnostic[] = [];
  const read = new TableReader(source, diagnostics);
  const version = toml.value['version'] ?? 1;
  if (typeof version !== 'number' || version < 1 || version > 4)
    read.complain('version', `kaon reads lock files of version 1 to 4, not ${String(version)}`);
  const places = packagePlaces(source);
  const metadata = read.table(toml.value, 'metadata') ?? {};
  const packages = (read.tables(toml.value, 'package') ?? []).map((table, at): LockedPackage => {
    const name = read.string(table, 'name') ?? '';
    const packageVersion = read.string(table, 'version') ?? '';
    const from = read.string(table, 'source');
    const replace = read.string(table, 'replace');
    return {
      name,
      version: packageVersion,
      source: lockedSource(from),
      checksum: checksumOf(table, metadata, `checksum ${name} ${packageVersion} (${from})`),
      dependencies: read.strings(table, 'dependencies') ?? [],
      ...(replace !== undefined && { replace }),
      place: places[at] ?? { source, span: { start: 0, end: 0 } },
    };
  });
  diagnostics.push(...repeated(packages));
  if (diagnostics.length > 0) return err(diagnostics);
  const unused = read.tables(read.table(toml.value, 'patch') ?? {}, 'unused') ?? [];
  return ok({
    source,
    packages,
    unusedPatches: unused.map(
      (one) => `${read.string(one, 'name') ?? ''} v${read.string(one, 'version') ?? ''}`,
    ),
  });
}

/** What a merge left twice, for one. */
function repeated(packages: readonly LockedPackage[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return packages.flatMap(({ name, version, source, place }) => {
    const key = JSON.stringify([name, version, source]);
    const isKnown = seen.has(key);
    seen.add(key);
    return isKnown
      ? [errorAt(place, `package \`${name}\` is specified twice in the lockfile`)]
      : [];
  });
}

/** A checksum stands with its package, in the first format in a table of their own. */
function checksumOf(table: Table, metadata: Table, key: string): string | undefined {
  const value = table['checksum'] ?? metadata[key];
  return typeof value === 'string' && /^[0-9a-f]{64}$/i.test(value)
    ? value.toLowerCase()
    : undefined;
}

/** A source as a lock file writes it. */
export function lockedSource(text: string | undefined): LockedSource {
  if (text === undefined) return { kind: 'path' };
  const [, protocol, registry] = /^(registry|sparse)\+(.*)$/s.exec(text) ?? [];
  if (registry !== undefined)
    return { kind: 'registry', url: registry, ...(protocol === 'sparse' && { isSparse: true }) };
  if (!text.startsWith('git+')) return { kind: 'other', text };
  // Up to the third format, what a repository is asked for stands there as it is.
  const [, address = '', revision = ''] = /^git\+(.*?)(?:#([^#]*))?$/s.exec(text) ?? [];
  const [url = '', query = ''] = address.split('?');
  const words = new URLSearchParams(query.replaceAll('+', '%2B'));
  const branch = words.get('branch') ?? undefined;
  const [reference] = ['branch', 'tag', 'rev'].flatMap((word) => {
    const value = words.get(word);
    return value === null ? [] : [`${word}=${value}`];
  });
  return {
    ...{ kind: 'git', url, revision: revision === '' ? (branch ?? 'HEAD') : revision, branch },
    reference: reference ?? '',
  };
}

/** Whether the registry of an address is the one that dependencies mean which name none. */
export function isUsualRegistry(url: string): boolean {
  return /\/crates\.io-index$|\/\/index\.crates\.io\/?$/.test(url);
}

/** The `version = …` line of each `[[package]]`, in their order. */
function packagePlaces(source: Source): Place[] {
  const places: Place[] = [];
  const header = /^\[\[package\]\][^\n]*$/gm;
  for (let match = header.exec(source.text); match !== null; match = header.exec(source.text)) {
    const rest = source.text.slice(match.index);
    const end = rest.indexOf('\n[', 1);
    const body = end === -1 ? rest : rest.slice(0, end);
    const line = /^version\s*=.*$/m.exec(body);
    const start = match.index + (line?.index ?? 0);
    places.push({ source, span: { start, end: start + (line?.[0] ?? match[0]).length } });
  }
  return places;
}

/**
 * The crates of a lock file that are not the project's own. Those of a source that lies on this machine may
 * have no checksum: nothing fetches them.
 */
export function lockedCrates(
  lock: CargoLock,
  dependencyName: (crate: string, version: string) => string,
  isHere: (source: LockedSource) => boolean = () => false,
): Result<readonly LockedCrate[], readonly Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  const crates = new Map<string, LockedCrate>();
  const names = lockedNames(lock, dependencyName);
  for (const locked of lock.packages) {
    const { name, version, source, checksum, place } = locked;
    if (locked.replace !== undefined) continue;
    const provided = dependencyName(name, version);
    const own = names.get(locked) ?? provided;
    if (source.kind === 'path') continue;
    if (source.kind === 'other') {
      diagnostics.push({
        ...errorAt(place, `Unsupported source URL in ${lock.source.path}: ${source.text}`),
        severity: 'warning',
      });
      continue;
    }
    if (source.kind === 'git') {
      const provides = [...(crates.get(own)?.provides ?? []), provided];
      const { url, revision } = source;
      const from = { kind: 'git' as const, url, revision };
      crates.set(own, { directory: own, name: own, provides, from, place });
      continue;
    }
    if (checksum === undefined && isHere(source)) continue;
    if (checksum === undefined) {
      diagnostics.push(errorAt(place, `${name} ${version} has no checksum in ${lock.source.path}`));
      continue;
    }
    const directory = `${name}-${version}`;
    const from = { kind: 'registry' as const, crate: name, version, sha256: checksum };
    crates.set(own, { directory, name: own, provides: [provided], from, place });
  }
  if (diagnostics.some(({ severity }) => severity === 'error')) return err(diagnostics);
  return ok([...crates.values()]);
}

/**
 * The subproject that each locked package is: `NAME-SEMVER-rs`, or the name of a repository. Where
 * two would have one name (other sources, other revisions), all but the first have a mark behind.
 */
export function lockedNames(
  lock: CargoLock,
  dependencyName: (crate: string, version: string) => string,
): ReadonlyMap<LockedPackage, string> {
  const taken = new Map<string, string>();
  const names = new Map<LockedPackage, string>();
  for (const locked of lock.packages) {
    const { name, version, source } = locked;
    if (source.kind === 'path' || source.kind === 'other') continue;
    const plain =
      source.kind === 'git'
        ? gitDirectory(source.url, source.branch)
        : dependencyName(name, version);
    const what =
      source.kind === 'git'
        ? `${source.url} ${source.revision}`
        : `${source.url} ${name} ${version}`;
    const first = taken.get(plain) ?? what;
    taken.set(plain, first);
    const mark = sha256Of(what).slice(0, 8);
    names.set(locked, first === what ? plain : `${plain}-${mark}`);
  }
  return names;
}

/** The folder for a repository: its last name, and the branch where one is asked for. */
export function gitDirectory(url: string, branch: string | undefined): string {
  const name = (
    url
      .replace(/\/*(?:[?#].*)?$/s, '')
      .split('/')
      .at(-1) ?? ''
  ).replace(/\.git$/, '');
  return branch === undefined ? name : `${name}-${branch.replaceAll('/', '-')}`;
}
