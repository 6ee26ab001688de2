import { posix } from 'node:path';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { err, ok, type Result } from '../../base/result.ts';
import type { Host } from '../../host/host.ts';
import { Turns } from '../../host/turns.ts';
import { OutFile, partsOf } from './out-file.ts';
import type { TreeEntry } from './tree.ts';
import type { ArchiveRequest } from './write-tar.ts';

/** What the old zip format can count; larger trees want a tar archive. */
const most = { entries: 65_535, bytes: 2 ** 32 - 1 };

/** Writes a tree as a zip archive, as `writeTar` does. Compressed in JavaScript: zlib differs by processor. */
export async function writeZip(
  host: Host,
  { tree, top, timeSeconds, output, onProgress }: ArchiveRequest,
): Promise<Result<void, string>> {
  if (tree.entries.length >= most.entries || tree.bytes > most.bytes)
    return err(
      `a zip archive holds ${most.entries} files and 4 GB at most; this tree has ${tree.entries.length} entries and ${tree.bytes} bytes. Choose another format, as xztar.`,
    );
  const opened = OutFile.open(host, output);
  if (!opened.ok) return opened;
  const out = opened.value;
  let fault: string | undefined;
  const zip = new Zip((error, bytes) => {
    if (error !== null) fault ??= error.message;
    else out.write(bytes);
  });
  const mtime = dayOf(timeSeconds);
  const turns = new Turns(host.clock);
  let done = 0;
  const self: TreeEntry = { path: '', kind: 'directory', size: 0, mode: 0o755, target: '' };
  for (const entry of top === '' ? tree.entries : [self, ...tree.entries]) {
    const content = contentOf(host, tree.folder, entry);
    const name = posix.join(top, entry.path) + (entry.kind === 'directory' ? '/' : '');
    const member =
      entry.kind === 'file' ? new ZipDeflate(name, { level: 9 }) : new ZipPassThrough(name);
    member.mtime = mtime;
    member.os = 3;
    member.attrs = (fileTypes[entry.kind] | entry.mode) * 0x1_0000;
    zip.add(member);
    for (const part of content) {
      if (!part.ok) fault ??= part.error;
      else member.push(part.value, false);
    }
    member.push(new Uint8Array(), true);
    if (fault !== undefined) break;
    done += entry.size;
    onProgress?.(done);
    await turns.take();
  }
  if (fault === undefined) zip.end();
  const closed = out.close();
  return fault === undefined ? closed : err(fault);
}

const fileTypes = { file: 0o100_000, directory: 0o040_000, symlink: 0o120_000 } as const;

function contentOf(
  host: Host,
  folder: string,
  { kind, path, target }: TreeEntry,
): Iterable<Result<Uint8Array, string>> {
  if (kind === 'file') return partsOf(host, posix.join(folder, path));
  return kind === 'symlink' ? [ok(new TextEncoder().encode(target))] : [];
}

/**
 * The day of a time, at noon. Zip keeps local times; noon exists in every zone on every day, so the
 * bytes are the same everywhere.
 */
function dayOf(timeSeconds: number): Date {
  const time = new Date(timeSeconds * 1000);
  const year = Math.max(1980, Math.min(2099, time.getUTCFullYear()));
  return new Date(year, time.getUTCMonth(), time.getUTCDate(), 12);
}
