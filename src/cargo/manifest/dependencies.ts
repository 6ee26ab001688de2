import { posix } from 'node:path';
import type { Diagnostic } from '../../diag/diagnostic.ts';
import { isUsualRegistry } from '../lock/lock.ts';
import { parseRequirement } from '../requirement.ts';
import type { CrateDependency, PlatformDependencies } from './manifest.ts';
import { isTable, type Table, type TableReader } from './toml.ts';
import { typeOf } from './type-of.ts';

interface Reading {
  readonly read: TableReader;
  readonly toml: Table;
  readonly place: {
    readonly folder: string;
    readonly workspace?: { readonly dependencies: Table };
    readonly workspaceFolder?: string;
  };
  readonly diagnostics: Diagnostic[];
}

type Dependencies = ReadonlyMap<string, CrateDependency>;

/** All dependency tables of a manifest, those of platforms too. */
export function readDependencies(reading: Reading): {
  readonly dependencies: Dependencies;
  readonly devDependencies: Dependencies;
  readonly buildDependencies: Dependencies;
  readonly platforms: readonly PlatformDependencies[];
} {
  const { read, toml } = reading;
  const platforms = read.table(toml, 'target') ?? {};
  return {
    ...dependencyTables(reading, toml),
    platforms: Object.entries(platforms).flatMap(([key, table]) =>
      isTable(table) ? [{ key, ...dependencyTables(reading, table) }] : [],
    ),
  };
}

function dependencyTables(reading: Reading, table: Table): Omit<PlatformDependencies, 'key'> {
  const one = (name: string): Dependencies => {
    // Cargo still reads the older spelling with an underscore.
    const found =
      reading.read.table(table, name) ?? reading.read.table(table, name.replace('-', '_'));
    return new Map(
      Object.entries(found ?? {}).map(([key, value]) => [key, dependency(reading, key, value)]),
    );
  };
  return {
    dependencies: one('dependencies'),
    devDependencies: one('dev-dependencies'),
    buildDependencies: one('build-dependencies'),
  };
}

function dependency(reading: Reading, key: string, value: unknown): CrateDependency {
  const { read, place } = reading;
  if (!isTable(value) && typeof value !== 'string')
    read.complain(
      key,
      `invalid type: ${typeOf(value)}, expected a version string like "0.9.8" or a detailed dependency like { version = "0.9.8" }`,
    );
  const said: Table = isTable(value) ? value : typeof value === 'string' ? { version: value } : {};
  const isShared = said['workspace'] === true;
  const shared = isShared ? inherited(reading, key) : {};
  const own = isShared ? ownOf(said) : said;
  const from = { ...shared, ...own };
  const version = read.string(from, 'version') ?? '';
  if (version !== '') {
    const requirement = parseRequirement(version);
    if (!requirement.ok) read.complain(key, `${requirement.error} (of "${key}")`);
  }
  const ownPath = read.string(own, 'path');
  const sharedPath = read.string(shared, 'path');
  const git = read.string(from, 'git');
  return {
    key,
    crate: read.string(from, 'package') ?? key,
    version,
    path:
      ownPath ??
      (sharedPath === undefined
        ? undefined
        : posix.relative(
            place.folder,
            posix.resolve(place.workspaceFolder ?? place.folder, sharedPath),
          ) || '.'),
    git:
      git === undefined
        ? undefined
        : { url: git, branch: read.string(from, 'branch'), reference: referenceIn(read, from) },
    registry: read.string(from, 'registry') ?? elsewhere(read.string(from, 'registry-index')),
    optional: read.boolean(own, 'optional') ?? false,
    defaultFeatures:
      read.boolean(own, 'default-features') ??
      read.boolean(own, 'default_features') ??
      read.boolean(shared, 'default-features') ??
      read.boolean(shared, 'default_features') ??
      true,
    features: [
      ...(read.strings(own, 'features') ?? []),
      ...(read.strings(shared, 'features') ?? []),
    ],
  };
}

/** A published manifest may name the usual registry, too. */
function elsewhere(index: string | undefined): string | undefined {
  return index === undefined || isUsualRegistry(index) ? undefined : index;
}

function referenceIn(read: TableReader, from: Table): string {
  for (const word of ['branch', 'tag', 'rev']) {
    const value = read.string(from, word);
    if (value !== undefined) return `${word}=${value}`;
  }
  return '';
}

/** What a package may say itself of a dependency that the workspace describes; all else is idle. */
function ownOf(said: Table): Table {
  const own = new Set(['features', 'optional', 'default-features', 'default_features']);
  return Object.fromEntries(Object.entries(said).filter(([key]) => own.has(key)));
}

function inherited({ read, place }: Reading, key: string): Table {
  const value = place.workspace?.dependencies[key];
  if (value === undefined)
    read.complain(
      key,
      `error inheriting \`${key}\` from workspace root manifest's \`workspace.dependencies.${key}\``,
      `\`dependency.${key}\` was not found in \`workspace.dependencies\``,
    );
  return isTable(value) ? value : { version: value };
}
