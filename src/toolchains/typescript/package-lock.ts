import { posix } from 'node:path';
import { isJsonObject, parseJsonObject } from '../../base/parse-json.ts';
import type { Files } from '../../host/host.ts';

/** A package that a lock file promises. */
export interface LockedNpmPackage {
  readonly name: string;
  readonly version: string;
  /** Subresource integrity, as `sha512-…`. */
  readonly integrity: string;
  readonly license: string | undefined;
  /** Only used while the project is built or tested. */
  readonly development: boolean;
  /** What it runs on, as npm says it; anywhere when empty. */
  readonly systems: readonly string[];
  readonly processors: readonly string[];
  readonly libcs: readonly string[];
}

/** The folder beside a lock file that holds its packages in a release archive. */
export const packedFolder = 'npm-packages';

/** Where a package's tarball lies in that folder. */
export function packedName({ name, version }: Pick<LockedNpmPackage, 'name' | 'version'>): string {
  return `${name}-${version}.tgz`;
}

/** Lock files of npm, that which it prefers first. */
export const lockNames: readonly string[] = ['npm-shrinkwrap.json', 'package-lock.json'];

/** The lock file that npm takes in a folder. */
export function lockIn(files: Files, folder: string): string {
  const [preferred = '', usual = ''] = lockNames.map((name) => posix.join(folder, name));
  return files.isFile(preferred) ? preferred : usual;
}

/** Folders of packages that are part of the project, relative to the lock file: the members of a workspace. */
export function memberFolders(text: string): readonly string[] {
  return entriesOf(parseJsonObject(text))
    .map(([path]) => path)
    .filter((path) => path !== '' && !path.split('/').includes('node_modules'));
}

/** The packages of a `package-lock.json`, each once; none where it cannot be read. */
export function readPackageLock(text: string): readonly LockedNpmPackage[] {
  const found = new Map<string, LockedNpmPackage>();
  for (const [path, entry] of entriesOf(parseJsonObject(text))) {
    const made = packageOf(path, entry);
    if (made !== undefined) found.set(packedName(made), made);
  }
  return [...found.values()].sort((a, b) => (packedName(a) < packedName(b) ? -1 : 1));
}

/** Why a release archive cannot have the packages of a lock file beside it; nothing where it can. */
export function whyNotPacked(text: string): string | undefined {
  const lock = parseJsonObject(text);
  if (lock?.['packages'] === undefined && lock?.['dependencies'] !== undefined)
    return 'it is of an old version, which does not tell all of its packages. Renew it: npm install --package-lock-only --lockfile-version 3';
  const stranger = entriesOf(lock).flatMap(([, entry]) => askedByAddress(entry))[0];
  return stranger === undefined
    ? undefined
    : `${stranger[0]} comes from ${stranger[1]}: npm asks there each time. An archive takes along packages of registries`;
}

/**
 * The lock file with each package that lies in the packed folder taken from there. npm still compares
 * integrity. Undefined where nothing is packed.
 */
export function lockOfPacked(files: Files, source: string, text: string): string | undefined {
  const folder = posix.join(source, packedFolder);
  const lock = parseJsonObject(text);
  if (!files.isDirectory(folder) || lock === undefined) return undefined;
  for (const [path, entry] of entriesOf(lock)) {
    const made = packageOf(path, entry);
    const tarball = made && posix.join(folder, packedName(made));
    if (tarball !== undefined && files.isFile(tarball)) entry['resolved'] = `file:${tarball}`;
  }
  return JSON.stringify(lock);
}

type Fields = Record<string, unknown>;

function entriesOf(lock: unknown): readonly (readonly [path: string, entry: Fields])[] {
  const packages = isJsonObject(lock) ? lock['packages'] : undefined;
  if (!isJsonObject(packages)) return [];
  return Object.entries(packages).flatMap(([path, entry]) =>
    isJsonObject(entry) ? [[path, entry] as const] : [],
  );
}

/** What a package, or the project, depends on by an address: a tarball, a repository (`owner/name` is GitHub's). */
function askedByAddress(entry: Fields): readonly (readonly [name: string, address: string])[] {
  const isAddress = (asked: string): boolean =>
    !/^(file|link|npm|workspace):/.test(asked) &&
    /^(https?:|git|[\w-]+:[\w-]+\/|[\w-][\w.-]*\/[\w.-]+($|#))/.test(asked);
  return ['dependencies', 'devDependencies', 'optionalDependencies']
    .flatMap((kind) => Object.entries(isJsonObject(entry[kind]) ? entry[kind] : {}))
    .flatMap(([name, asked]) =>
      typeof asked === 'string' && isAddress(asked) ? [[name, asked] as const] : [],
    );
}

/** Undefined for the project itself, what lies in it, links, and what comes inside of another package. */
function packageOf(path: string, entry: Fields): LockedNpmPackage | undefined {
  const at = path.lastIndexOf('node_modules/');
  const { name, version, integrity, license, resolved } = entry;
  if (at === -1 || typeof version !== 'string' || typeof integrity !== 'string') return undefined;
  if (entry['link'] === true || entry['inBundle'] === true) return undefined;
  if (typeof resolved === 'string' && resolved.startsWith('file:')) return undefined;
  const called = typeof name === 'string' ? name : path.slice(at + 'node_modules/'.length);
  if (!/^(@[\w.~-]+\/)?[\w.~-]+$/.test(called) || !/^[\w.+-]+$/.test(version)) return undefined;
  return {
    name: called,
    version,
    integrity,
    license: typeof license === 'string' ? license : undefined,
    development: entry['dev'] === true || entry['devOptional'] === true,
    systems: words(entry['os']),
    processors: words(entry['cpu']),
    libcs: words(entry['libc']),
  };
}

function words(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
