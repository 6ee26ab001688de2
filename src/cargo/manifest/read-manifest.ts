import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import type { Diagnostic } from '../../diag/diagnostic.ts';
import { errorAt } from '../../diag/diagnostic.ts';
import type { Source } from '../../diag/source.ts';
import type { Files } from '../../host/host.ts';
import { implicitFeatures } from '../features/features.ts';
import { readDependencies } from './dependencies.ts';
import { readLints } from './lints.ts';
import type {
  Inheritable,
  Manifest,
  PackageFields,
  SystemDependency,
  WorkspaceManifest,
} from './manifest.ts';
import { parseManifestToml } from './manifest-toml.ts';
import { findTargets } from './targets.ts';
import { isTable, type Table, TableReader } from './toml.ts';
import { readWorkspace } from './workspace-manifest.ts';

/** Where a manifest lies and what it may inherit. */
export interface ManifestPlace {
  readonly files: Files;
  /** Absolute folder. */
  readonly folder: string;
  /** As messages show the file. */
  readonly display: string;
  readonly workspace?: Inheritable;
  /** The folder of that workspace, absolute: its paths are relative to it. */
  readonly workspaceFolder?: string;
}

export type ReadManifest =
  | { readonly kind: 'package'; readonly manifest: Manifest; readonly workspace: undefined }
  | { readonly kind: 'workspace'; readonly workspace: WorkspaceManifest };

/** Reads a `Cargo.toml`: a package, or a workspace with or without a package of its own. */
export function readManifest(place: ManifestPlace): Result<ReadManifest, readonly Diagnostic[]> {
  const path = `${place.folder}/Cargo.toml`;
  const text = place.files.readText(path);
  const source: Source = { path: place.display, text: text.ok ? text.value : '' };
  const top = { source, span: { start: 0, end: 0 } };
  if (!text.ok) return err([errorAt(top, `could not load ${place.display}: ${text.error.reason}`)]);
  const toml = parseManifestToml(source);
  if (!toml.ok) return err([toml.error]);
  if (isTable(toml.value['workspace'])) {
    const workspace = readWorkspace(place, { source, toml: toml.value }, readPackage);
    return workspace.ok ? ok({ kind: 'workspace', workspace: workspace.value }) : workspace;
  }
  if (!isTable(toml.value['package']))
    return err([errorAt(top, `${place.display} does not have [package] or [workspace] section`)]);
  const manifest = readPackage(place, source, toml.value);
  if (!manifest.ok) return manifest;
  return ok({ kind: 'package', manifest: manifest.value, workspace: undefined });
}

/** The package of a manifest, which has its `[package]` table. */
function readPackage(
  place: ManifestPlace,
  source: Source,
  toml: Table,
): Result<Manifest, readonly Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  const read = new TableReader(source, diagnostics);
  const raw = read.table(toml, 'package') ?? {};
  const fields = packageFields(read, raw, place);
  const dependencies = readDependencies({ read, toml, place, diagnostics });
  const targets = findTargets({ read, toml, raw, fields, place });
  const features = new Map<string, readonly string[]>();
  const declared = read.table(toml, 'features') ?? {};
  for (const name of Object.keys(declared)) features.set(name, read.strings(declared, name) ?? []);
  const declaresDefault = features.has('default');
  if (!declaresDefault) features.set('default', []);
  for (const [name, implied] of implicitFeatures(features, dependencies))
    features.set(name, implied);
  const lintTable = read.table(toml, 'lints');
  const lints = readLints(
    read,
    lintTable?.['workspace'] === true ? (place.workspace?.lints ?? {}) : (lintTable ?? {}),
  );
  if (diagnostics.length > 0) return err(diagnostics);
  return ok({
    source,
    package: fields,
    ...dependencies,
    ...targets,
    features,
    declaresDefault,
    lints,
  });
}

/** What `[package]` may say. */
const packageKeys: ReadonlySet<string> = new Set([
  ...['name', 'version', 'description', 'resolver', 'authors', 'edition', 'rust-version'],
  ...['documentation', 'readme', 'homepage', 'repository', 'license', 'license-file'],
  ...['keywords', 'categories', 'workspace', 'build', 'links', 'exclude', 'include', 'publish'],
  ...['metadata', 'default-run', 'autolib', 'autobins', 'autoexamples', 'autotests'],
  ...['autobenches'],
]);

/** Fields of `[package]`; `{ workspace = true }` takes the workspace's. */
function packageFields(read: TableReader, raw: Table, place: ManifestPlace): PackageFields {
  const inherited = place.workspace?.package ?? {};
  const merged: Record<string, unknown> = { ...raw };
  for (const [key, value] of Object.entries(raw)) {
    if (!isTable(value) || key === 'metadata') continue;
    if (value['workspace'] === false) read.complain(key, '`workspace` cannot be false');
    if (typeof value['workspace'] !== 'boolean') continue;
    if (inherited[key] === undefined && value['workspace'])
      read.complain(
        key,
        `error inheriting \`${key}\` from workspace root manifest's \`workspace.package.${key}\``,
        `\`workspace.package.${key}\` was not defined`,
      );
    merged[key] = inherited[key];
  }
  const text = (key: string) => read.string(merged, key) ?? '';
  const name = text('name');
  if (merged['name'] === undefined) read.complain('package', 'missing field `package.name`');
  else if (name === '') read.complain('name', 'package name cannot be empty');
  const path = (key: string, said: string) =>
    ownPath(place, { said, isInherited: isTable(raw[key]) });
  return {
    name,
    version: merged['version'] === undefined ? '0.0.0' : text('version'),
    edition: merged['edition'] === undefined ? '2015' : text('edition'),
    authors: read.strings(merged, 'authors') ?? [],
    description: text('description'),
    homepage: text('homepage'),
    repository: text('repository'),
    license: text('license'),
    licenseFile: path('license-file', text('license-file')),
    readme: path('readme', readmeOf(place, merged['readme'])),
    rustVersion: text('rust-version'),
    links: read.string(merged, 'links'),
    defaultRun: read.string(merged, 'default-run'),
    systemDependencies: systemDependencies(read, raw),
    unknownKeys: Object.keys(raw).filter((key) => !packageKeys.has(key)),
  };
}

/** What a README is called where a manifest does not say. */
export const usualReadmes = ['README.md', 'README.txt', 'README'];

/** May be switched off or on without a name; one of the usual names needs no telling. */
function readmeOf({ files, folder }: ManifestPlace, said: unknown): string {
  if (typeof said === 'string') return said;
  if (said === true) return 'README.md';
  if (said === false) return '';
  return usualReadmes.find((name) => files.isFile(`${folder}/${name}`)) ?? '';
}

/** What the workspace says is relative to its folder. */
function ownPath(
  { folder, workspaceFolder = folder }: ManifestPlace,
  { said, isInherited }: { readonly said: string; readonly isInherited: boolean },
): string {
  if (said === '' || !isInherited || workspaceFolder === folder) return said;
  return posix.relative(folder, posix.join(workspaceFolder, said));
}

function systemDependencies(read: TableReader, raw: Table): SystemDependency[] {
  const metadata = isTable(raw['metadata']) ? raw['metadata'] : {};
  const wanted = isTable(metadata['system-deps']) ? metadata['system-deps'] : {};
  return Object.entries(wanted).map(([key, value]) => {
    const table = isTable(value) ? value : { version: value };
    const versions = (read.string(table, 'version') ?? '').split(',').filter((one) => one !== '');
    return {
      key,
      name: read.string(table, 'name') ?? key,
      versions: versions
        .map((one) => one.trim())
        .map((one) => (/^[<>=]/.test(one) ? one : `>=${one}`)),
      optional: read.boolean(table, 'optional') ?? false,
      feature: read.string(table, 'feature'),
    };
  });
}
