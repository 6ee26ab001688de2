import { posix } from 'node:path';
import type { Files } from '../../host/host.ts';
import { type FileChange, textOf } from './all-or-nothing.ts';
import type { CargoProject } from './cargo-project.ts';

/**
 * Folders that wraps bring are not the project's to commit: the change to the `.gitignore` that says
 * so, which is that of `subprojects/`, else the project's where that names such folders already.
 */
export function ignoreChange(
  files: Files,
  { sourceRoot, subprojects }: Pick<CargoProject, 'sourceRoot' | 'subprojects'>,
  { added, removed }: { readonly added: readonly string[]; readonly removed: readonly string[] },
): FileChange | undefined {
  const own = posix.join(subprojects, '.gitignore');
  const top = posix.join(sourceRoot, '.gitignore');
  const below = `/${posix.relative(sourceRoot, subprojects)}/`;
  const usesTop = !files.isFile(own) && (textOf(files, top) ?? '').includes(below);
  const path = usesTop ? top : own;
  const before = textOf(files, path);
  const prefix = usesTop ? below : '/';
  const after = withEntries(before ?? start, {
    added: added.map((folder) => prefix + folder),
    removed: removed.map((folder) => prefix + folder),
  });
  const isNothing = before === undefined && added.length === 0;
  if (after === before || isNothing) return undefined;
  // What the first wrap brought goes with the last one, unless there is still something to ignore.
  const isOver =
    path === own && after === start && !files.isDirectory(`${subprojects}/packagecache`);
  return { path, before, after: isOver ? undefined : after };
}

/** What a file begins with that did not exist. */
const start = '/packagecache/\n';

/** Puts lines in and takes lines out; a new one stands where the alphabet has it among its like. */
export function withEntries(
  text: string,
  { added, removed }: { readonly added: readonly string[]; readonly removed: readonly string[] },
): string {
  const plain = (line: string): string => line.trim().replace(/\/$/, '');
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  // All but the folders of packages: comments, patterns, the cache.
  const isLike = (line: string): boolean => /^\/\S*-\d[^*]*$/.test(plain(line));
  const like = lines.filter(isLike);
  const end = like.length === 0 || like.some((line) => line.trim().endsWith('/')) ? '/' : '';
  for (const entry of added) {
    if (lines.some((line) => plain(line) === entry)) continue;
    const after = lines.findLastIndex((line) => isLike(line) && plain(line) < entry);
    const before = lines.findIndex((line) => isLike(line) && plain(line) > entry);
    const at = after >= 0 ? after + 1 : before >= 0 ? before : lines.length;
    lines.splice(at, 0, entry + end);
  }
  const gone = removed.filter((entry) => !added.includes(entry));
  const kept = lines.filter((line) => !gone.includes(plain(line)));
  return kept.length === 0 ? '' : `${kept.join('\n')}\n`;
}
