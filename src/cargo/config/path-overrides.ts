import { type Diagnostic, plainError } from '../../diag/diagnostic.ts';
import type { Files } from '../../host/host.ts';
import { foldersBelow } from '../manifest/member-glob.ts';
import { readLoneManifest } from '../units/packages/load-workspace.ts';

/**
 * `paths` of Cargo's configuration: folders whose packages stand for those of the same name and version
 * that the lock file has from elsewhere. They are read when someone asks.
 */
export function pathOverrides(
  files: Files,
  paths: readonly string[],
): (crate: { readonly name: string; readonly version: string }) => string | undefined {
  let found: Map<string, string> | undefined;
  return ({ name, version }) => {
    found ??= packagesIn(files, paths);
    return found.get(`${name}@${version}`);
  };
}

/** Why one of them holds no packages, in Cargo's words. */
export function pathsFault(files: Files, paths: readonly string[]): Diagnostic | undefined {
  for (const path of paths) {
    const why = files.isDirectory(path)
      ? packagesIn(files, [path]).size > 0 || files.isFile(`${path}/Cargo.toml`)
        ? undefined
        : `could not find \`Cargo.toml\` in \`${path}\``
      : `failed to read directory \`${path}\``;
    if (why !== undefined) return plainError(`failed to update path override \`${path}\``, why);
  }
  return undefined;
}

function packagesIn(files: Files, paths: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const path of paths)
    for (const below of foldersBelow(files, path, '')) {
      const folder = below === '' ? path : `${path}/${below}`;
      if (!files.isFile(`${folder}/Cargo.toml`)) continue;
      const manifest = readLoneManifest(files, folder);
      if (!manifest.ok) continue;
      const { name, version } = manifest.value.package;
      const key = `${name}@${version}`;
      if (!found.has(key)) found.set(key, folder);
    }
  return found;
}
