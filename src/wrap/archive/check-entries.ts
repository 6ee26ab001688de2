import { err, ok, type Result } from '../../base/result.ts';
import { foldersAbove } from '../paths.ts';
import { type ArchiveEntry, type ArchiveFault, maxDepth } from './archive-entry.ts';

/** What will be laid out, in this order: folders, files, and last the links, so that nothing is written through one. */
export interface Layout {
  readonly directories: readonly string[];
  readonly files: readonly LaidFile[];
  readonly links: readonly { readonly path: string; readonly target: string }[];
}

export interface LaidFile {
  readonly path: string;
  readonly content: Uint8Array;
  readonly executable: boolean;
  readonly mtimeMs: number | undefined;
}

/**
 * Turns an archive's entries into a layout, or says which entry breaks which rule. All paths start
 * with the one folder `top`; where `top` is undefined the archive has no leading folder.
 */
export function checkEntries(
  entries: readonly ArchiveEntry[],
  top: string | undefined,
): Result<Layout, ArchiveFault> {
  const refuse = (entry: ArchiveEntry, rule: string) =>
    err({ kind: 'refused' as const, entry: entry.path, rule });
  const table = new Map<string, ArchiveEntry>();
  for (const entry of entries) {
    if (isLeftOut(entry)) continue;
    const broken = brokenRule(entry);
    if (broken !== undefined) return refuse(entry, broken);
    const path = plainPath(entry.path);
    if (path === '') {
      if (entry.kind === 'directory') continue;
      return refuse(entry, 'has no name');
    }
    if (top !== undefined && path !== top && !path.startsWith(`${top}/`))
      return refuse(entry, `is not in the folder "${top}"`);
    if (path === top && entry.kind !== 'directory') return refuse(entry, 'is not a folder');
    const earlier = table.get(path);
    if (earlier?.kind === 'directory' && entry.kind === 'directory') continue;
    if (earlier !== undefined) return refuse(entry, 'is there twice');
    table.set(path, entry);
  }
  for (const [path, entry] of table) {
    for (const above of foldersAbove(path)) {
      const found = table.get(above);
      if (found !== undefined && found.kind !== 'directory')
        return refuse(entry, `lies below "${above}", which is not a folder`);
    }
    if (
      entry.kind === 'symlink' &&
      resolved(table, { path, target: entry.target }, top) === undefined
    )
      return refuse(entry, `is a link to "${entry.target}", which leads out of its folder`);
  }
  return layout(table);
}

/** The layout of an archive that we made ourselves: links of a project may lead anywhere. */
export function layoutOfOwn(entries: readonly ArchiveEntry[]): Result<Layout, ArchiveFault> {
  return layout(new Map(entries.map((entry) => [plainPath(entry.path), entry])));
}

function layout(table: ReadonlyMap<string, ArchiveEntry>): Result<Layout, ArchiveFault> {
  const directories = new Set<string>();
  const files: LaidFile[] = [];
  const links: { path: string; target: string }[] = [];
  for (const [path, entry] of table) {
    for (const above of foldersAbove(path)) directories.add(above);
    switch (entry.kind) {
      case 'directory':
        directories.add(path);
        break;
      case 'symlink':
        links.push({ path, target: entry.target });
        break;
      default: {
        const content = entry.kind === 'hardlink' ? hardLinked(table, entry) : entry;
        if (content === undefined)
          return err({
            kind: 'refused',
            entry: entry.path,
            rule: `is a hard link to "${entry.target}", which is not a file of the archive`,
          });
        files.push({
          path,
          content: content.content,
          executable: (content.mode & 0o111) !== 0,
          mtimeMs: content.mtimeMs,
        });
      }
    }
  }
  return ok({ directories: [...directories].sort(), files, links });
}

/**
 * What git leaves in the folder of a submodule, and says nothing elsewhere: where in the repository around it
 * its own lies. Published crates have such files; they are not laid out.
 */
function isLeftOut({ path, kind, content }: ArchiveEntry): boolean {
  if (kind !== 'file' || !path.endsWith('/.git') || content.length > 4096) return false;
  return /^gitdir: (?:\.\.\/)+\.git\/modules\/[^\n]*\n?$/.test(Buffer.from(content).toString());
}

function brokenRule({ path, kind, type, target }: ArchiveEntry): string | undefined {
  if (kind === 'other') return `is a ${type}, neither file, folder nor link`;
  if (path.startsWith('/')) return 'has an absolute path';
  if (path.includes('\\')) return 'has a backslash in its path';
  if (path.includes('\0') || target.includes('\0')) return 'has a NUL in its path';
  if (path.includes('\ufffd')) return 'has a path that is not UTF-8';
  const parts = path.split('/');
  if (parts.includes('..')) return 'has ".." in its path';
  // Whatever runs git in such a folder would run what the settings in it say.
  if (parts.includes('.git')) return 'is part of a repository of git, whose settings run programs';
  if (parts.length > maxDepth) return `lies more than ${maxDepth} folders deep`;
  if (parts.some((part) => part.length > 255)) return 'has a name of more than 255 letters';
  if (kind === 'symlink' && target === '') return 'is a link to nothing';
  if (kind === 'symlink' && (target.startsWith('/') || target.includes('\\')))
    return `is a link to "${target}", which leads out of its folder`;
  return undefined;
}

/** Without `.` and empty parts. */
function plainPath(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

/**
 * Where a link leads once other links of the archive on the way are followed, or undefined when a
 * step leaves the top folder. A link to something that is not there may stay.
 */
function resolved(
  table: ReadonlyMap<string, ArchiveEntry>,
  { path, target }: { readonly path: string; readonly target: string },
  top: string | undefined,
): string | undefined {
  const lowest = top === undefined ? 0 : 1;
  let at = path.split('/').slice(0, -1);
  let left = target.split('/');
  for (let steps = 0; left.length > 0; steps++) {
    if (steps > 1000) return undefined;
    const [part = '', ...rest] = left;
    left = rest;
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (at.length <= lowest) return undefined;
      at = at.slice(0, -1);
      continue;
    }
    const next = [...at, part];
    const found = table.get(next.join('/'));
    if (found?.kind === 'symlink' && !(left.length === 0 && next.join('/') === path))
      left = [...found.target.split('/'), ...left];
    else at = next;
  }
  return at.join('/');
}

/** The file that a hard link names, through others of its kind. */
function hardLinked(
  table: ReadonlyMap<string, ArchiveEntry>,
  entry: ArchiveEntry,
): ArchiveEntry | undefined {
  let found: ArchiveEntry | undefined = entry;
  for (let steps = 0; found?.kind === 'hardlink'; steps++)
    found = steps > 100 ? undefined : table.get(plainPath(found.target));
  return found?.kind === 'file' ? found : undefined;
}
