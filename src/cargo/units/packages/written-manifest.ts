import type { Source } from '../../../diag/source.ts';
import type { Files } from '../../../host/host.ts';
import { parseManifestToml } from '../../manifest/manifest-toml.ts';
import type { Table } from '../../manifest/toml.ts';
import type { LoadedWorkspace } from './load-workspace.ts';

/** A manifest of a workspace as it was written. */
export interface WrittenManifest {
  readonly folder: string;
  readonly source: Source;
  readonly toml: Table;
}

/** The manifests of a workspace, that of its root first. */
export function writtenManifests(
  files: Files,
  { root, members }: LoadedWorkspace,
): readonly WrittenManifest[] {
  return [...new Set([root, ...members.keys()])].flatMap((folder) =>
    writtenManifest(files, folder),
  );
}

/** That of a folder; none where there is none that can be read. */
export function writtenManifest(files: Files, folder: string): readonly WrittenManifest[] {
  const path = `${folder}/Cargo.toml`;
  const text = files.readText(path);
  if (!text.ok) return [];
  const source = { path, text: text.value };
  const toml = parseManifestToml(source);
  return toml.ok ? [{ folder, source, toml: toml.value }] : [];
}
