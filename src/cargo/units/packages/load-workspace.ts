import { posix } from 'node:path';
import { err, ok, type Result } from '../../../base/result.ts';
import { type Diagnostic, errorAt, plainError } from '../../../diag/diagnostic.ts';
import type { Files } from '../../../host/host.ts';
import { lookedAtForMembers, lookedAtForPackage } from '../../looked-at.ts';
import { allDependencies, type Inheritable, type Manifest } from '../../manifest/manifest.ts';
import { parseManifestToml } from '../../manifest/manifest-toml.ts';
import { expandMember, isGlob } from '../../manifest/member-glob.ts';
import { readManifest } from '../../manifest/read-manifest.ts';
import { isTable, placeOfKey, type Table } from '../../manifest/toml.ts';

export interface WorkspaceMember {
  /** Absolute. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** A workspace as Cargo sees it: what it lists, and what these need by path below its folder. */
export interface LoadedWorkspace {
  /** Absolute. */
  readonly root: string;
  /** By folder, absolute. */
  readonly members: ReadonlyMap<string, WorkspaceMember>;
  /** Folders of those that count when nobody chooses. */
  readonly defaultMembers: readonly string[];
  readonly resolver: '1' | '2' | '3';
  /** `[profile]` of the root. */
  readonly profiles: Table;
  readonly patch: unknown;
  /** The manifest of the root as it was written. */
  readonly rootToml: Table;
  /** What the root asks of a nightly Cargo (`cargo-features`), and means nothing here. */
  readonly unheeded: readonly string[];
  /** All manifests that were read. */
  readonly watched: readonly string[];
}

/** Those of Cargo's unstable features that change what is built. */
const nightlyFeatures: ReadonlySet<string> = new Set([
  ...['profile-rustflags', 'codegen-backend', 'trim-paths', 'per-package-target'],
  ...['different-binary-name', 'metabuild', 'panic-immediate-abort'],
]);

/** The folder of the workspace that a package belongs to: its own where there is none around it. */
export function workspaceRootOf(files: Files, folder: string): string | undefined {
  if (!files.isFile(`${folder}/Cargo.toml`)) return undefined;
  const own = tomlIn(files, folder);
  if (isTable(own?.['workspace'])) return folder;
  const said = isTable(own?.['package']) ? own['package']['workspace'] : undefined;
  if (typeof said === 'string') return posix.resolve(folder, said);
  for (let at = posix.dirname(folder); ; at = posix.dirname(at)) {
    const table = tomlIn(files, at)?.['workspace'];
    if (isTable(table)) return isExcluded(table, posix.relative(at, folder)) ? folder : at;
    if (at === '/' || at === '.') return folder;
  }
}

/** What the package in a folder is called; undefined where there is none. */
export function packageNameIn(files: Files, folder: string): string | undefined {
  const fields = tomlIn(files, folder)?.['package'];
  const name = isTable(fields) ? fields['name'] : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** Loads the workspace whose `Cargo.toml` lies in a folder. */
export function loadWorkspace(
  files: Files,
  root: string,
): Result<LoadedWorkspace, readonly Diagnostic[]> {
  const read = readToml(files, root);
  const toml = read?.ok === true ? read.value : {};
  const table = isTable(toml['workspace']) ? toml['workspace'] : undefined;
  const { members, watched, faults } = gatherMembers(files, { root, toml, table });
  faults.push(...severalRoots(files, { root, table }, members));
  if (members.size === 0 && faults.length === 0)
    // What is no TOML has no members either.
    faults.push(read?.ok === false ? read.error : withoutMembers(root, table));
  if (faults.length > 0) return err(faults);
  return ok({
    root,
    members,
    defaultMembers: defaultMembers(files, { root, table }, members),
    resolver: resolverOf(table, members.get(root)?.manifest, toml),
    profiles: isTable(toml['profile']) ? toml['profile'] : {},
    patch: toml['patch'],
    rootToml: toml,
    unheeded: (texts(toml, 'cargo-features') ?? []).filter((name) => nightlyFeatures.has(name)),
    watched: [...watched],
  });
}

interface RootManifest {
  readonly root: string;
  readonly toml: Table;
  /** `[workspace]` */
  readonly table: Table | undefined;
}

interface GatheredMembers {
  readonly members: Map<string, WorkspaceMember>;
  readonly watched: Set<string>;
  readonly faults: Diagnostic[];
}

/** The members that a root lists, and what these need by path below it. */
function gatherMembers(files: Files, { root, toml, table }: RootManifest): GatheredMembers {
  const members = new Map<string, WorkspaceMember>();
  const faults: Diagnostic[] = [];
  const watched = new Set([
    `${root}/Cargo.toml`,
    ...(texts(table, 'members') ?? []).flatMap((path) => lookedAtForMembers(files, root, path)),
  ]);
  const inheritable = inheritableOf(table);
  const listed = membersOf(files, root, table).map((member) => posix.resolve(root, member));
  const pending = [...(isTable(toml['package']) ? [root] : []), ...listed];
  for (let folder = pending.shift(); folder !== undefined; folder = pending.shift()) {
    if (members.has(folder)) continue;
    for (const path of [`${folder}/Cargo.toml`, ...lookedAtForPackage(files, folder)])
      watched.add(path);
    if (!files.isFile(`${folder}/Cargo.toml`)) {
      faults.push(goneMember(files, root, folder));
      continue;
    }
    const read = readMember(files, folder, { root, inheritable });
    if (!read.ok) {
      faults.push(...read.error);
      continue;
    }
    members.set(folder, { folder, manifest: read.value });
    if (table === undefined) continue;
    for (const { path } of allDependencies(read.value)) {
      const needed = path === undefined ? root : posix.resolve(folder, path);
      const below = posix.relative(root, needed);
      if (below === '' || isExcluded(table, below)) continue;
      // What lies elsewhere may name this workspace in its manifest.
      if (workspaceRootOf(files, needed) === root) pending.push(needed);
    }
  }
  return { members, watched, faults };
}

function goneMember(files: Files, root: string, folder: string): Diagnostic {
  const path = `${root}/Cargo.toml`;
  const text = files.readText(path);
  const source = { path, text: text.ok ? text.value : '' };
  return errorAt(
    placeOfKey(source, 'members'),
    `failed to load manifest for workspace member \`${folder}\``,
    `${folder}/Cargo.toml is not there.`,
  );
}

function severalRoots(
  files: Files,
  { root, table }: Pick<RootManifest, 'root' | 'table'>,
  members: ReadonlyMap<string, WorkspaceMember>,
): readonly Diagnostic[] {
  const others = [...members.keys()].filter(
    (folder) => folder !== root && isTable(tomlIn(files, folder)?.['workspace']),
  );
  if (table === undefined || others.length === 0) return [];
  const all = [root, ...others].map((one) => `  ${one}`).join('\n');
  return [plainError(`multiple workspace roots found in the same workspace:\n${all}`)];
}

function withoutMembers(root: string, table: Table | undefined): Diagnostic {
  const message =
    table === undefined
      ? 'manifest is missing either a `[package]` or a `[workspace]`'
      : 'The manifest is virtual, and the workspace has no members.';
  return plainError(message, `${root}/Cargo.toml`);
}

/** A manifest outside the workspace: it may belong to one of its own and inherit from that. */
export function readLoneManifest(
  files: Files,
  folder: string,
): Result<Manifest, readonly Diagnostic[]> {
  const text = files.readText(`${folder}/Cargo.toml`);
  const inherits = text.ok && /\bworkspace\s*=\s*true\b/.test(text.value);
  const root = inherits ? (workspaceRootOf(files, folder) ?? folder) : folder;
  const table = inherits ? tomlIn(files, root)?.['workspace'] : undefined;
  return readMember(files, folder, {
    root,
    inheritable: inheritableOf(isTable(table) ? table : undefined),
  });
}

function readMember(
  files: Files,
  folder: string,
  from: { readonly root: string; readonly inheritable: Inheritable },
): Result<Manifest, readonly Diagnostic[]> {
  const read = readManifest({
    files,
    folder,
    display: `${folder}/Cargo.toml`,
    workspace: from.inheritable,
    workspaceFolder: from.root,
  });
  if (!read.ok) return read;
  const manifest = read.value.kind === 'package' ? read.value.manifest : read.value.workspace.root;
  return manifest === undefined
    ? err([plainError(`${folder}/Cargo.toml has no [package]`)])
    : ok(manifest);
}

/** What the manifest of a folder says; undefined where there is none that can be read. */
export function tomlIn(files: Files, folder: string): Table | undefined {
  const toml = readToml(files, folder);
  return toml?.ok === true ? toml.value : undefined;
}

function readToml(files: Files, folder: string): Result<Table, Diagnostic> | undefined {
  const path = `${folder}/Cargo.toml`;
  const text = files.isFile(path) ? files.readText(path) : undefined;
  return text?.ok === true ? parseManifestToml({ path, text: text.value }) : undefined;
}

function inheritableOf(table: Table | undefined): Inheritable {
  const part = (key: string): Table => {
    const value = table?.[key];
    return isTable(value) ? value : {};
  };
  return { package: part('package'), dependencies: part('dependencies'), lints: part('lints') };
}

function texts(table: Table | undefined, key: string): readonly string[] | undefined {
  const value = table?.[key];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : undefined;
}

/** Folders below the root. What only a wildcard means need not be a package. */
function membersOf(files: Files, root: string, table: Table | undefined): readonly string[] {
  if (table === undefined) return [];
  return (texts(table, 'members') ?? []).flatMap((member) => {
    const found = expandMember(files, root, member).map(plain);
    return found.filter(
      (path) =>
        !isExcluded(table, path) && (!isGlob(member) || files.isFile(`${root}/${path}/Cargo.toml`)),
    );
  });
}

function isExcluded(table: Table, path: string): boolean {
  const covers = (folders: readonly string[]) =>
    folders.map(plain).some((folder) => path === folder || path.startsWith(`${folder}/`));
  return covers(texts(table, 'exclude') ?? []) && !covers(texts(table, 'members') ?? []);
}

function defaultMembers(
  files: Files,
  { root, table }: { readonly root: string; readonly table: Table | undefined },
  members: ReadonlyMap<string, WorkspaceMember>,
): readonly string[] {
  const chosen = texts(table, 'default-members');
  if (chosen !== undefined)
    return chosen
      .flatMap((member) => expandMember(files, root, member))
      .map((member) => posix.resolve(root, plain(member)))
      .filter((folder) => members.has(folder));
  return members.has(root) ? [root] : [...members.keys()];
}

function resolverOf(
  table: Table | undefined,
  root: Manifest | undefined,
  toml: Table,
): LoadedWorkspace['resolver'] {
  const own = isTable(toml['package']) ? toml['package']['resolver'] : undefined;
  const said = table?.['resolver'] ?? own;
  if (said === '1' || said === '2' || said === '3') return said;
  const edition = root?.package.edition ?? '2015';
  return edition === '2024' ? '3' : edition === '2021' ? '2' : '1';
}

function plain(member: string): string {
  return posix.normalize(member).replace(/(.)\/$/, '$1');
}
