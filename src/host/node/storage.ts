import { closeSync, fdatasyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { err, ok, type Result } from '../../base/result.ts';
import type { AppendFile, FileFault, Storage } from '../host.ts';
import { takeLock } from './lock.ts';

/** Files that must survive a crash, and the lock of a folder, on the real disk. */
export function nodeStorage(): Storage {
  return { openAppend, lock: takeLock };
}

function openAppend(path: string, keepBytes: number): Result<AppendFile, FileFault> {
  try {
    // 'a' makes the file; each write lands at its end, wherever another handle wrote before.
    const handle = openSync(path, 'a', 0o666);
    try {
      ftruncateSync(handle, keepBytes);
    } catch (error) {
      closeSync(handle);
      throw error;
    }
    return ok(appendFile(path, handle));
  } catch (error) {
    return err(faultOf(path, error));
  }
}

function appendFile(path: string, handle: number): AppendFile {
  return {
    append(bytes) {
      try {
        let written = 0;
        // A full disk may take a part: the next write then says so.
        while (written < bytes.length) written += writeSync(handle, bytes, written);
        return ok(undefined);
      } catch (error) {
        return err(faultOf(path, error));
      }
    },
    sync() {
      try {
        fdatasyncSync(handle);
        return ok(undefined);
      } catch (error) {
        return err(faultOf(path, error));
      }
    },
    close: () => closeSync(handle),
  };
}

const kinds: Readonly<Record<string, FileFault['kind']>> = {
  ENOENT: 'missing',
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'denied',
  ENOTDIR: 'not-a-directory',
  EISDIR: 'is-a-directory',
  ENOSPC: 'no-space',
  EDQUOT: 'no-space',
};

function faultOf(path: string, error: unknown): FileFault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = error instanceof Error ? error.message : String(error);
  return { kind: kinds[code] ?? 'other', path, reason };
}
