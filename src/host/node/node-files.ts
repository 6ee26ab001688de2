import { isUtf8 } from 'node:buffer';
import * as fs from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { err, ok } from '../../base/result.ts';
import type { FileStat, Files } from '../host.ts';
import { attempt, systemCode } from './fault.ts';

/** The file system of this machine. */
export function nodeFiles(): Files {
  const stat = (path: string): FileStat | undefined => withOurRight(read(fs.statSync, path), path);
  return {
    readText: (path) => {
      const bytes = attempt(path, () => fs.readFileSync(path));
      if (!bytes.ok) return bytes;
      if (isUtf8(bytes.value)) return ok(bytes.value.toString('utf8'));
      return err({ kind: 'not-text', path, reason: 'The file is not UTF-8 text' });
    },
    readBytes: (path) => attempt(path, () => fs.readFileSync(path)),
    readPart: (path, offset, length) => attempt(path, () => readPart(path, offset, length)),
    readPieces: (path, take) => attempt(path, () => readPieces(path, take)),
    write: (path, content) => attempt(path, () => fs.writeFileSync(path, content)),
    replace: (path, content) => attempt(path, () => replace(path, content)),
    stat,
    lstat: (path) => read(fs.lstatSync, path),
    exists: (path) => fs.existsSync(path),
    isFile: (path) => stat(path)?.kind === 'file',
    isDirectory: (path) => stat(path)?.kind === 'directory',
    list: (path) => attempt(path, () => fs.readdirSync(path).sort()),
    makeDirectory: (path) => attempt(path, () => makeDirectory(path)),
    remove: (path) => attempt(path, () => remove(path)),
    rename: (from, to) => attempt(from, () => fs.renameSync(from, to)),
    copy: (from, to) => {
      const done = attempt(to, () => fs.copyFileSync(from, to, fs.constants.COPYFILE_FICLONE));
      // The system does not say which of the two it minds.
      return done.ok || mayWe(fs.constants.R_OK, from) ? done : err({ ...done.error, path: from });
    },
    link: (from, to) => attempt(from, () => fs.linkSync(from, to)),
    symlink: (target, path) => attempt(path, () => fs.symlinkSync(target, path)),
    readLink: (path) => attempt(path, () => fs.readlinkSync(path)),
    realPath: (path) => attempt(path, () => fs.realpathSync.native(path)),
    setMode: (path, mode) => attempt(path, () => fs.chmodSync(path, mode)),
    setTimes: (path, timeMs) =>
      attempt(path, () => fs.utimesSync(path, timeMs / 1000, timeMs / 1000)),
    copyTime: (from, to) => attempt(from, () => copyTime(from, to)),
  };
}

/** Permissions of all say enough; others hang on who we are, which the system knows best. */
function withOurRight(found: FileStat | undefined, path: string): FileStat | undefined {
  if (found?.kind !== 'file' || [0, 0o111].includes(found.mode & 0o111)) return found;
  return mayWe(fs.constants.X_OK, path) ? found : { ...found, isForOthers: true };
}

function mayWe(what: number, path: string): boolean {
  try {
    fs.accessSync(path, what);
    return true;
  } catch {
    return false;
  }
}

/** Node takes times as numbers, in which nanoseconds of today have no room. */
function copyTime(from: string, to: string): void {
  const { atimeNs, mtimeNs } = fs.statSync(from, { bigint: true });
  fs.utimesSync(to, Number(atimeNs) / 1e9, Number(mtimeNs) / 1e9);
  if (fs.statSync(to, { bigint: true }).mtimeNs === mtimeNs) return;
  // Not loaded with the rest: commands that end at once have no use for it.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  spawnSync('touch', ['-r', resolve(from), resolve(to)], { stdio: 'ignore' });
}

function read(
  statOf: (
    path: string,
    options: { bigint: true; throwIfNoEntry: false },
  ) => fs.BigIntStats | undefined,
  path: string,
): FileStat | undefined {
  let found: fs.BigIntStats | undefined;
  try {
    found = statOf(path, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    // What cannot be looked at (a file as a folder, a loop of links, no permission) is not there for us.
    if (systemCode(error) === undefined) throw error;
  }
  return found && fileStat(found);
}

function fileStat(stats: fs.BigIntStats): FileStat {
  return {
    kind: stats.isFile()
      ? 'file'
      : stats.isDirectory()
        ? 'directory'
        : stats.isSymbolicLink()
          ? 'symlink'
          : 'other',
    size: Number(stats.size),
    mode: Number(stats.mode & 0o7777n),
    mtimeNs: stats.mtimeNs,
    ctimeNs: stats.ctimeNs,
    birthNs: stats.birthtimeNs,
    inode: stats.ino,
  };
}

function readPart(path: string, offset: number, length: number): Uint8Array {
  const descriptor = fs.openSync(path, 'r');
  try {
    const left = Math.max(0, fs.fstatSync(descriptor).size - offset);
    const bytes = Buffer.allocUnsafe(Math.min(length, left));
    let filled = 0;
    while (filled < bytes.length) {
      const count = fs.readSync(descriptor, bytes, filled, bytes.length - filled, offset + filled);
      if (count === 0) break;
      filled += count;
    }
    return bytes.subarray(0, filled);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** One for all files: to get memory for the whole of each costs more than to read it. */
let pieceRoom: Buffer | undefined;

function readPieces(path: string, take: (piece: Uint8Array) => void): void {
  const descriptor = fs.openSync(path, 'r');
  const room = pieceRoom ?? Buffer.allocUnsafeSlow(1 << 18);
  pieceRoom = undefined; // until we are done, should `take` read another file
  try {
    for (;;) {
      const count = fs.readSync(descriptor, room, 0, room.length, null);
      if (count === 0) return;
      take(room.subarray(0, count));
    }
  } finally {
    fs.closeSync(descriptor);
    pieceRoom = room;
  }
}

let replaced = 0;

function replace(path: string, content: string | Uint8Array): void {
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}-${replaced++}.tmp`);
  try {
    fs.writeFileSync(beside, content);
    fs.renameSync(beside, path);
  } catch (error) {
    fs.rmSync(beside, { force: true });
    throw error;
  }
}

function remove(path: string): void {
  try {
    fs.unlinkSync(path);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return;
    if (code !== 'EISDIR' && code !== 'EPERM') throw error;
    fs.rmSync(path, { recursive: true, force: true });
  }
}

/** On a read-only disk, making folders recursively only says that there is none. */
/**
 * With those above it. Node's own way of doing so never ends where a file system has no place for a folder
 * and says that there is none (`/proc`).
 */
function makeDirectory(path: string): void {
  const isThere = (): boolean =>
    fs.statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isThere()) return;
  const above = dirname(path);
  if (above !== path) makeDirectory(above);
  try {
    fs.mkdirSync(path);
  } catch (error) {
    // Another process may have been quicker.
    if (!isThere()) throw error;
  }
}
