import * as fs from 'node:fs';
import { ok, type Result } from '../../base/result.ts';
import type { AppendFile, FileFault, Storage } from '../host.ts';
import { attempt } from './fault.ts';
import { lockFolder, lockName } from './lock-folder.ts';

/** State files on this machine, and locks of the system. */
export function nodeStorage(): Storage {
  return { openAppend, lock: lockFolder, lockName };
}

function openAppend(path: string, keepBytes: number): Result<AppendFile, FileFault> {
  // Nobody else writes to it meanwhile.
  let size = keepBytes;
  let isClosed = false;
  const opened = attempt(path, () => {
    const descriptor = fs.openSync(path, 'a+');
    const found = fs.fstatSync(descriptor).size;
    if (found > keepBytes) fs.ftruncateSync(descriptor, keepBytes);
    size = Math.min(found, keepBytes);
    return descriptor;
  });
  if (!opened.ok) return opened;
  const descriptor = opened.value;
  return ok({
    append: (bytes) =>
      attempt(path, () => {
        appendWhole(descriptor, bytes, size);
        size += bytes.length;
      }),
    read: (place, bytes) =>
      attempt(path, () => {
        // Its number may be another file's by now.
        if (isClosed) throw new Error('it was closed');
        const length = Math.max(0, Math.min(bytes.length, size - place));
        return fs.readSync(descriptor, bytes, 0, length, place);
      }),
    sync: () => attempt(path, () => fs.fdatasyncSync(descriptor)),
    close: () => {
      isClosed = true;
      fs.closeSync(descriptor);
    },
  });
}

/** Half a record (the disk is full) is taken back, so that what comes later stands behind whole ones. */
function appendWhole(descriptor: number, bytes: Uint8Array, before: number): void {
  try {
    for (let at = 0; at < bytes.length; ) at += fs.writeSync(descriptor, bytes, at);
  } catch (error) {
    fs.ftruncateSync(descriptor, before);
    throw error;
  }
}
