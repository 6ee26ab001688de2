import { posix } from 'node:path';
import { readManifest } from '../../cargo/manifest/read-manifest.ts';
import type { Files } from '../../host/host.ts';
import type { CrateCall } from '../../model/planned-target.ts';

/** The `Cargo.toml` next above a file, up to the project's folder. */
export function manifestAbove(files: Files, path: string, sourceRoot: string): string | undefined {
  const start = path.startsWith(`${sourceRoot}/`) ? posix.dirname(path) : sourceRoot;
  for (let at = start; at.startsWith(sourceRoot); at = posix.dirname(at))
    if (files.isFile(`${at}/Cargo.toml`)) return `${at}/Cargo.toml`;
  return undefined;
}

/** The manifest of the package that a source is part of: a workspace alone has no sources. */
export function packageAbove(files: Files, path: string, sourceRoot: string): string | undefined {
  const display = manifestAbove(files, path, sourceRoot);
  if (display === undefined) return undefined;
  const read = readManifest({ files, folder: posix.dirname(display), display });
  const isVirtual = read.ok && read.value.kind === 'workspace' && !read.value.workspace.root;
  return isVirtual ? undefined : display;
}

/** The manifest of the package that a crate says it is, wherever its sources are copied to. */
export function packageOf({ environment }: CrateCall): string | undefined {
  const said = environment.find(({ name }) => name === 'CARGO_MANIFEST_PATH');
  return said?.kind === 'set' ? said.value : undefined;
}
