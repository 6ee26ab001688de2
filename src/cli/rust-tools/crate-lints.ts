import { posix } from 'node:path';
import { lintArguments } from '../../cargo/manifest/lints.ts';
import { readManifest } from '../../cargo/manifest/read-manifest.ts';
import type { Files } from '../../host/host.ts';

/** rustc's arguments for the `[lints]` of a manifest, those of its workspace where it says so. */
export function manifestLints(
  files: Files,
  manifest: string,
  sourceRoot: string,
): readonly string[] {
  const folder = posix.dirname(manifest);
  const display = manifest;
  const own = readManifest({ files, folder, display });
  if (own.ok && own.value.kind === 'package' && own.value.manifest.lints.length > 0)
    return lintArguments(own.value.manifest, { hasCheckCfg: false });
  if (own.ok && own.value.kind === 'workspace') {
    const { root } = own.value.workspace;
    return root === undefined ? [] : lintArguments(root, { hasCheckCfg: false });
  }
  for (let at = posix.dirname(folder); at.startsWith(sourceRoot); at = posix.dirname(at)) {
    const above = readManifest({ files, folder: at, display: `${at}/Cargo.toml` });
    if (!above.ok || above.value.kind !== 'workspace') continue;
    const { inheritable } = above.value.workspace;
    const workspace = { workspace: inheritable, workspaceFolder: at };
    const member = readManifest({ files, folder, display, ...workspace });
    if (member.ok && member.value.kind === 'package')
      return lintArguments(member.value.manifest, { hasCheckCfg: false });
  }
  return [];
}
