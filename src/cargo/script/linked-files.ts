import { posix } from 'node:path';
import { sha256Of } from '../../base/sha256.ts';
import type { Files } from '../../host/host.ts';
import { below } from './below.ts';
import type { Directives } from './directives.ts';

/**
 * Files that a linker reads for a script, with the hash of each: rustc does not say that it read them.
 * Libraries that the script made, and of its other files and those that it runs again for, what stands
 * in a folder that is searched or is named to the linker, as linker scripts are.
 */
export function linkedFiles(
  files: Files,
  { folder, source }: { readonly folder: string; readonly source: string },
  said: Pick<Directives, 'search' | 'linkArgs'> & { readonly watched: readonly string[] },
): string {
  const searched = new Set(
    said.search.map((one) => posix.resolve(source, one.replace(/^\w+=/, ''))),
  );
  const isTold = (path: string): boolean =>
    !path.endsWith('.rs') &&
    (searched.has(posix.dirname(path)) ||
      said.linkArgs.some(({ value }) => value.includes(posix.basename(path))));
  const made = below(files, `${folder}/out`, () => true).filter(
    (path) => isLibrary(path) || isTold(path),
  );
  return [...made, ...said.watched.filter(isTold)]
    .filter((path) => files.isFile(path))
    .map((path) => `${shown(path, folder)} ${hashOf(files, path)}\n`)
    .join('');
}

function isLibrary(path: string): boolean {
  return /\.(a|o|lib|so|dylib|tbd)(\.[\d.]+)?$/.test(path);
}

/** What the script made goes with the build directory. */
function shown(path: string, folder: string): string {
  return path.startsWith(`${folder}/`) ? posix.relative(folder, path) : path;
}

function hashOf(files: Files, path: string): string {
  const bytes = files.readBytes(path);
  return bytes.ok ? sha256Of(bytes.value) : 'unreadable';
}
