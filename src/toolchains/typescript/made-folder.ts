import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import { sha256Of } from '../../base/sha256.ts';
import { filesBelow } from '../../host/files-below.ts';
import type { FileFault, Files } from '../../host/host.ts';
import type { Mirror } from './mirror.ts';
import { nameSources } from './source-map.ts';

/** A folder of the build directory of which only the tool that makes it knows what is in it. Paths are absolute. */
export interface MadeFolder {
  readonly path: string;
  /** A file that says what is in it, by content: who uses the folder depends on that. */
  readonly contents: string;
}

/** An empty folder beside it for the tool to write to: the folder itself never holds parts of two runs. */
export function stagingFolder(files: Files, { path }: MadeFolder): Result<string, FileFault> {
  const staging = `${path}.new`;
  const removed = files.remove(staging);
  const made = removed.ok ? files.makeDirectory(staging) : removed;
  return made.ok ? ok(staging) : made;
}

/** Puts what the tool wrote in its place, unless that is there already; answers the files that lie there. */
export function takeFolder(
  files: Files,
  { path, contents }: MadeFolder,
  mirror: Mirror,
): Result<readonly string[], FileFault> {
  const staging = `${path}.new`;
  const names = filesIn(files, staging);
  if (!names.ok) return names;
  for (const name of names.value)
    if (name.endsWith('.map')) nameSources(files, posix.join(staging, name), mirror);
  const text = contentsOf(files, staging, names.value);
  if (!text.ok) return text;
  const before = filesIn(files, path);
  const known = before.ok ? contentsOf(files, path, before.value) : before;
  // Unlike outputs, this is still there when the tool has failed.
  const mark = `${path}.p/made-here`;
  if (before.ok && before.value.length > 0 && !files.isFile(mark)) {
    files.remove(staging);
    return err({ kind: 'exists', path, reason: 'Files lie there that this did not make' });
  }
  const marked = files.makeDirectory(posix.dirname(mark));
  const told = marked.ok ? files.replace(mark, '') : marked;
  const written = told.ok ? files.replace(contents, text.value) : told;
  if (!written.ok) return written;
  const moved =
    known.ok && known.value === text.value
      ? files.remove(staging)
      : putInPlace(files, staging, path);
  return moved.ok ? ok(names.value.map((name) => posix.join(path, name))) : moved;
}

function putInPlace(files: Files, from: string, to: string): Result<void, FileFault> {
  const removed = files.remove(to);
  return removed.ok ? files.rename(from, to) : removed;
}

/** The names of all files below a folder. */
function filesIn(files: Files, folder: string): Result<readonly string[], FileFault> {
  const faults: FileFault[] = [];
  const found = filesBelow(files, folder, { onFault: (fault) => faults.push(fault) });
  return faults[0] === undefined ? ok(found.map(({ path }) => path)) : err(faults[0]);
}

/** A line for each file: digest, whether it can be run, name. */
function contentsOf(
  files: Files,
  folder: string,
  names: readonly string[],
): Result<string, FileFault> {
  const lines: string[] = [];
  for (const name of names) {
    const path = posix.join(folder, name);
    const bytes = files.readBytes(path);
    if (!bytes.ok) return bytes;
    const isProgram = ((files.stat(path)?.mode ?? 0) & 0o111) !== 0;
    const digest = sha256Of(bytes.value);
    lines.push(`${digest} ${isProgram ? 'x' : '-'} ${name}\n`);
  }
  return ok(lines.join(''));
}
