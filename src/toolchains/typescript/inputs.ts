import { posix } from 'node:path';
import { pathBelow } from '../../base/path-below.ts';
import type { Files } from '../../host/host.ts';
import { realPath } from '../../host/real-path.ts';
import { generatedFolder, type Mirror } from './mirror.ts';
import { configFiles } from './tsconfig.ts';

/**
 * Paths of what a tool read, absolute or below a mirror, as paths of the package's own folder. Installed
 * packages are left out, as the lock file's install covers them; those that are part of the project
 * (workspaces) lie there as links.
 */
export function ownInputs(
  files: Files,
  { source, mirror, generated = [] }: Mirror,
  paths: readonly string[],
): readonly string[] {
  const roots = [mirror, source].flatMap((root) => [root, realPath(files, root)]);
  const made = generated.map((path) => posix.join(generatedFolder, posix.basename(path)));
  const isMade = (path: string): boolean =>
    made.some((each) => path === each || path.startsWith(`${each}/`));
  const own = (path: string): string | undefined =>
    roots.map((root) => pathBelow(root, path)).find((name) => name !== undefined);
  return paths.flatMap((path) => {
    if (path.startsWith('<')) return [];
    const asked = posix.resolve(mirror, path);
    const shown = own(asked);
    const found = isInstalled(shown) ? own(realPath(files, asked)) : shown;
    // What was generated is known to be an input: a target makes it.
    return found === undefined || isInstalled(found) || isMade(found) ? [] : [found];
  });
}

function isInstalled(path: string | undefined): boolean {
  return path?.split('/').includes('node_modules') === true;
}

/** Folders in which a new file may be a new input: those of inputs and those above them. */
export function foldersOf(inputs: readonly string[]): readonly string[] {
  const folders = new Set<string>();
  for (const input of inputs) {
    if (!/\.[cm]?[jt]sx?$/.test(input)) continue;
    let at = posix.dirname(input);
    folders.add(at);
    for (at = posix.dirname(at); at !== '.'; at = posix.dirname(at)) {
      if (folders.has(at) || at === '/' || at.endsWith('..')) break;
      folders.add(at);
    }
  }
  return [...folders];
}

/** What esbuild reads beside its inputs: the settings that lie above them. */
export function settingsAbove(
  files: Files,
  source: string,
  inputs: readonly string[],
): readonly string[] {
  const configs = foldersAbove(inputs).flatMap((folder) =>
    configFiles(files, source, posix.join(folder, 'tsconfig.json')),
  );
  return [...configs, ...manifestsAbove(files, source, inputs)];
}

/** What says of inputs what kind of module they are, and what of a package others may import. */
export function manifestsAbove(
  files: Files,
  source: string,
  inputs: readonly string[],
): readonly string[] {
  return foldersAbove(inputs)
    .map((folder) => posix.join(folder, 'package.json'))
    .filter((path) => files.isFile(posix.join(source, path)));
}

function foldersAbove(inputs: readonly string[]): readonly string[] {
  return [...new Set(['.', ...foldersOf(inputs)])];
}
