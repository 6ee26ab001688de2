import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import type { Diagnostic } from '../../diag/diagnostic.ts';
import type { Source } from '../../diag/source.ts';
import type { Files } from '../../host/host.ts';
import type { Inheritable, Manifest, WorkspaceManifest } from './manifest.ts';
import { expandMember, isGlob } from './member-glob.ts';
import { isTable, type Table, TableReader } from './toml.ts';

interface Place {
  readonly files: Files;
  readonly folder: string;
  readonly display: string;
  readonly workspace?: Inheritable;
  readonly workspaceFolder?: string;
}

/** Reads the package beside a workspace; handed in, since packages and workspaces hold each other. */
type ReadPackage = (
  place: Place,
  source: Source,
  toml: Table,
) => Result<Manifest, readonly Diagnostic[]>;

/** Reads the `[workspace]` table, which the manifest has. */
export function readWorkspace(
  place: Place,
  { source, toml }: { readonly source: Source; readonly toml: Table },
  readPackage: ReadPackage,
): Result<WorkspaceManifest, readonly Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  const read = new TableReader(source, diagnostics);
  const table = read.table(toml, 'workspace') ?? {};
  const inheritable: Inheritable = {
    package: read.table(table, 'package') ?? {},
    dependencies: read.table(table, 'dependencies') ?? {},
    lints: read.table(table, 'lints') ?? {},
  };
  let root: Manifest | undefined;
  if (isTable(toml['package'])) {
    const own = { ...place, workspace: inheritable, workspaceFolder: place.folder };
    const manifest = readPackage(own, source, toml);
    if (!manifest.ok) return manifest;
    root = manifest.value;
  }
  const said = (read.strings(table, 'members') ?? []).map(plain);
  const chosen = read.strings(table, 'default-members') ?? read.strings(table, 'default_members');
  const exclude = (read.strings(table, 'exclude') ?? []).map(plain);
  const members = said
    .flatMap((member) => expandMember(place.files, place.folder, member))
    .filter((member) => !exclude.some((out) => member === out || member.startsWith(`${out}/`)));
  const usual = root === undefined ? said : ['.'];
  // As Meson has it: members that only a wildcard means are there for the asking, not built by default.
  const defaultMembers = (chosen === undefined ? usual : chosen.map(plain))
    .filter((member) => !isGlob(member))
    .flatMap((member) => expandMember(place.files, place.folder, member));
  if (diagnostics.length > 0) return err(diagnostics);
  return ok({
    source,
    members: [...new Set(members)],
    defaultMembers,
    root,
    inheritable,
    patch: toml['patch'],
    hasProfiles: toml['profile'] !== undefined,
  });
}

function plain(member: string): string {
  return posix.normalize(member).replace(/(.)\/$/, '$1');
}
