import { posix } from 'node:path';
import type { Files } from '../../host/host.ts';
import type { Mirror } from './mirror.ts';

/**
 * Paths of a mirror as paths of the package's own folder. Installed packages are left out, as the lock
 * file's install covers them; those that are part of the project (workspaces) lie there as links.
 */
export function ownInputs(
  files: Files,
  { source, mirror }: Mirror,
  paths: readonly string[],
): readonly string[] {
  const realMirror = realPath(files, mirror);
  const realSource = realPath(files, source);
  return paths.flatMap((path) => {
    if (path.startsWith('<')) return [];
    if (!path.startsWith('node_modules/')) return [path];
    const real = realPath(files, posix.join(mirror, path));
    const isOwn = real.startsWith(`${realSource}/`) && !real.startsWith(`${realMirror}/`);
    return isOwn ? [real.slice(realSource.length + 1)] : [];
  });
}

function realPath(files: Files, path: string): string {
  const real = files.realPath(path);
  return real.ok ? real.value : path;
}

/** A tsconfig and those that it extends, but for those of packages. */
export function configFiles(files: Files, source: string, project: string): readonly string[] {
  const found = new Set<string>();
  const waiting = [project];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const config = files.isDirectory(posix.join(source, path)) ? `${path}/tsconfig.json` : path;
    const text = files.readText(posix.join(source, config));
    if (found.has(config) || !text.ok) continue;
    found.add(config);
    for (const name of extended(text.value)) {
      const at = posix.join(posix.dirname(config), name);
      waiting.push(...(name.endsWith('.json') ? [at] : [at, `${at}.json`]));
    }
  }
  return [...found];
}

/** What `extends` names by path. Such files have comments and commas that JSON has not. */
function extended(text: string): readonly string[] {
  const value = /"extends"\s*:\s*("[^"]*"|\[[^\]]*\])/.exec(text)?.[1] ?? '';
  return [...value.matchAll(/"([^"]*)"/g)]
    .map(([, name = '']) => name)
    .filter((name) => name.startsWith('.'));
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
  const folders = [...new Set(['.', ...foldersOf(inputs)])];
  return folders.flatMap((folder) => [
    ...configFiles(files, source, posix.join(folder, 'tsconfig.json')),
    ...[posix.join(folder, 'package.json')].filter((path) =>
      files.isFile(posix.join(source, path)),
    ),
  ]);
}
