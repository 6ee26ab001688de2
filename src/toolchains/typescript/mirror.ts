import { posix } from 'node:path';
import { parseJsonObject } from '../../base/parse-json.ts';
import { ok, type Result } from '../../base/result.ts';
import type { FileFault, FileStat, Files } from '../../host/host.ts';
import { packageTree, type Shown } from './package-tree.ts';

/** A package of TypeScript sources, and the folder of the build tree where tools see it. */
export interface Mirror {
  /** Absolute: the folder of package.json and package-lock.json. */
  readonly source: string;
  /** Absolute: shows all that lies in `source`, with a `node_modules` of its own. */
  readonly mirror: string;
  /** Absolute: what other actions made for the tool that is to run. */
  readonly generated?: readonly string[];
}

/** The folder of the mirror in which sources find what was generated for them. */
export const generatedFolder = 'generated';

/** What lies in a mirror because the package has it, and what both files looked like. */
const recordName = '.kaon-mirror.json';

/**
 * Makes the mirror show what the package's folder holds now. Tools look packages up from where a file really
 * lies, whatever path led there; so files are copied, and find the build's own `node_modules` above
 * them, while the source tree stays as it is. What tools themselves write there, stays.
 */
export function refreshMirror(
  files: Files,
  { source, mirror, generated = [] }: Mirror,
): Result<void, FileFault> {
  const made = files.makeDirectory(mirror);
  if (!made.ok) return made;
  const tree = packageTree(files, source);
  if (!tree.ok) return tree;
  const record = posix.join(mirror, recordName);
  const text = files.readText(record);
  const known = recordOf(text.ok ? text.value : '');
  removeGone(files, mirror, { known, shown: tree.value });
  // Known before it lies there: whoever comes after a crash still knows what to remove.
  if (tree.value.some(({ path }) => known[path] === undefined)) {
    const all = tree.value.map(({ path }) => [path, known[path] ?? '']);
    const noted = files.replace(record, JSON.stringify(Object.fromEntries(all)));
    if (!noted.ok) return noted;
  }
  const now: Record<string, string> = {};
  for (const shown of tree.value) {
    const laid = lay(files, { source, mirror, shown, known: known[shown.path] });
    if (!laid.ok) return laid;
    now[shown.path] = laid.value;
  }
  const told = `${JSON.stringify(now)}\n`;
  if (!text.ok || text.value !== told) files.replace(record, told);
  return layGenerated(files, mirror, generated);
}

function recordOf(text: string): Readonly<Record<string, string>> {
  const all = Object.entries(parseJsonObject(text) ?? {});
  return Object.fromEntries(
    all.flatMap(([path, look]) => (typeof look === 'string' ? [[path, look]] : [])),
  );
}

function removeGone(
  files: Files,
  mirror: string,
  {
    known,
    shown,
  }: { readonly known: Readonly<Record<string, string>>; readonly shown: readonly Shown[] },
): void {
  const wanted = new Map(shown.map(({ path, kind }) => [path, kind]));
  // What is in a folder goes before the folder.
  for (const path of Object.keys(known).reverse()) {
    if (wanted.has(path)) continue;
    const absolute = posix.join(mirror, path);
    if (files.lstat(absolute)?.kind !== 'directory') files.remove(absolute);
    else if (isEmpty(files, absolute)) files.remove(absolute);
  }
}

/** Nothing is in it but what npm put there. */
function isEmpty(files: Files, folder: string): boolean {
  const names = files.list(folder);
  return names.ok && names.value.every((name) => name === 'node_modules');
}

interface Laying {
  readonly source: string;
  readonly mirror: string;
  readonly shown: Shown;
  readonly known: string | undefined;
}

/** Shows one file or folder; what it and its copy looked like then. */
function lay(files: Files, { source, mirror, shown, known }: Laying): Result<string, FileFault> {
  const from = posix.join(source, shown.path);
  const to = posix.join(mirror, shown.path);
  const there = files.lstat(to);
  switch (shown.kind) {
    case 'folder': {
      if (there !== undefined && there.kind !== 'directory') files.remove(to);
      const made = there?.kind === 'directory' ? ok(undefined) : files.makeDirectory(to);
      return made.ok ? ok('') : made;
    }
    case 'link':
      return link(files, to, targetOf(files, { source, from, stat: shown.stat }));
    case 'copy':
      if (known !== undefined && known === lookOf(shown.stat, there)) return ok(known);
      return copy(files, { from, to, stat: shown.stat });
  }
}

/** Links that stay in the package do so in the mirror, too. */
function targetOf(
  files: Files,
  {
    source,
    from,
    stat,
  }: { readonly source: string; readonly from: string; readonly stat: FileStat },
): string {
  const own = stat.kind === 'symlink' ? files.readLink(from) : undefined;
  if (own?.ok !== true || posix.isAbsolute(own.value)) return from;
  return posix.join(posix.dirname(from), own.value).startsWith(`${source}/`) ? own.value : from;
}

function copy(
  files: Files,
  { from, to, stat }: { readonly from: string; readonly to: string; readonly stat: FileStat },
): Result<string, FileFault> {
  const bytes = files.readBytes(from);
  // It went, or may not be read: who wants it will say so.
  if (!bytes.ok) return link(files, to, from);
  if (files.lstat(to)?.kind === 'directory') files.remove(to);
  const written = files.replace(to, bytes.value);
  if (!written.ok) return written;
  if ((stat.mode & 0o111) !== 0) files.setMode(to, stat.mode);
  const there = files.lstat(to);
  // The source could have changed again within the same tick of the clock: it is copied once more then.
  const isSettled = there !== undefined && there.ctimeNs - stat.ctimeNs > 20_000_000n;
  return ok(isSettled ? lookOf(stat, there) : '');
}

function lookOf(source: FileStat, copied: FileStat | undefined): string {
  const { size, mode, mtimeNs, ctimeNs, inode } = source;
  return [size, mode, mtimeNs, ctimeNs, inode, copied?.size, copied?.mtimeNs, copied?.inode].join();
}

function link(files: Files, path: string, target: string): Result<string, FileFault> {
  if (leadsTo(files, path, target)) return ok('');
  if (files.lstat(path) !== undefined) files.remove(path);
  const linked = files.symlink(target, path);
  // Another tool of the same packages may have been faster.
  return linked.ok || leadsTo(files, path, target) ? ok('') : linked;
}

function leadsTo(files: Files, path: string, target: string): boolean {
  const found = files.readLink(path);
  return found.ok && found.value === target;
}

/** What was generated for one tool stays for the next. */
function layGenerated(
  files: Files,
  mirror: string,
  generated: readonly string[],
): Result<void, FileFault> {
  if (generated.length === 0) return ok(undefined);
  const folder = posix.join(mirror, generatedFolder);
  const beside = files.makeDirectory(folder);
  if (!beside.ok) return beside;
  for (const path of generated) {
    const laid = layOne(files, path, posix.join(folder, posix.basename(path)));
    if (!laid.ok) return laid;
  }
  return ok(undefined);
}

/** Copies a file, or a folder with all that is in it. */
function layOne(files: Files, from: string, to: string): Result<void, FileFault> {
  const there = files.lstat(to)?.kind;
  if (files.isDirectory(from)) {
    const names = files.list(from);
    if (!names.ok) return names;
    const before = there === 'directory' ? files.list(to) : undefined;
    const gone = before?.ok ? before.value.filter((name) => !names.value.includes(name)) : [];
    for (const name of gone) files.remove(posix.join(to, name));
    if (there !== 'directory') files.remove(to);
    const made = files.makeDirectory(to);
    if (!made.ok) return made;
    for (const name of names.value) {
      const laid = layOne(files, posix.join(from, name), posix.join(to, name));
      if (!laid.ok) return laid;
    }
    return ok(undefined);
  }
  const bytes = files.readBytes(from);
  if (!bytes.ok) return bytes;
  const known = there === 'file' ? files.readBytes(to) : undefined;
  if (known?.ok && Buffer.compare(known.value, bytes.value) === 0) return ok(undefined);
  if (there === 'directory') files.remove(to);
  return files.replace(to, bytes.value);
}
