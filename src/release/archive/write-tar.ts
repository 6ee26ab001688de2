import { posix } from 'node:path';
import { Header, Pax } from 'tar';
import { err, type Result } from '../../base/result.ts';
import type { Host } from '../../host/host.ts';
import { OutFile, partsOf } from './out-file.ts';
import type { Tree, TreeEntry } from './tree.ts';

/** What all archives of a tree have in common. */
export interface ArchiveRequest {
  readonly tree: Tree;
  /** The folder that everything lies in; none when empty. */
  readonly top: string;
  /** The time that every entry gets, in seconds. */
  readonly timeSeconds: number;
  readonly output: string;
  /** Told how much of the tree's content was written. */
  readonly onProgress?: (bytes: number) => void;
}

const blockBytes = 512;
/** How much is written before others may do something. */
const turnBytes = 16 << 20;
const turnEntries = 1000;

/**
 * Writes a tree as an uncompressed tar archive: names sorted, owner root, one time for all. The same
 * tree gives the same bytes. An error is a sentence.
 */
export async function writeTar(
  host: Host,
  { tree, top, timeSeconds, output, onProgress }: ArchiveRequest,
): Promise<Result<void, string>> {
  const opened = OutFile.open(host, output);
  if (!opened.ok) return opened;
  const out = opened.value;
  const time = new Date(timeSeconds * 1000);
  const self: TreeEntry = { path: '', kind: 'directory', size: 0, mode: 0o755, target: '' };
  let [fault, done, turn, turned]: [string | undefined, number, number, number] = [
    undefined,
    0,
    0,
    0,
  ];
  for (const entry of top === '' ? tree.entries : [self, ...tree.entries]) {
    for (const block of headerBlocks(entry, top, time)) out.write(block);
    if (entry.kind === 'file') {
      const path = posix.join(tree.folder, entry.path);
      fault = writeContent(host, out, { path, size: entry.size });
    }
    if (fault !== undefined) break;
    done += entry.size;
    if (++turn < turnEntries && done - turned < turnBytes) continue;
    [turn, turned] = [0, done];
    onProgress?.(done);
    await host.clock.pause(0);
  }
  // Two empty blocks end an archive; tar tools fill up to their usual record.
  out.write(new Uint8Array(2 * blockBytes));
  out.write(new Uint8Array(padding(out.size, 20 * blockBytes)));
  const closed = out.close();
  return fault === undefined ? closed : err(fault);
}

function writeContent(
  host: Host,
  out: OutFile,
  { path, size }: Pick<TreeEntry, 'path' | 'size'>,
): string | undefined {
  const start = out.size;
  for (const part of partsOf(host, path)) {
    if (!part.ok) return part.error;
    out.write(part.value);
  }
  if (out.size - start !== size) return `${path} changed while it was read`;
  out.write(new Uint8Array(padding(size, blockBytes)));
  return undefined;
}

function padding(size: number, unit: number): number {
  return (unit - (size % unit)) % unit;
}

const types = { file: 'File', directory: 'Directory', symlink: 'SymbolicLink' } as const;

function headerBlocks(entry: TreeEntry, top: string, mtime: Date): readonly Uint8Array[] {
  const { kind, size, mode, target } = entry;
  const path = posix.join(top, entry.path) + (kind === 'directory' ? '/' : '');
  const owner = { uid: 0, gid: 0, uname: 'root', gname: 'root' };
  const linkpath = kind === 'symlink' ? target : '';
  const header = new Header({ path, mode, size, mtime, linkpath, type: types[kind], ...owner });
  const block = Buffer.alloc(blockBytes);
  if (!header.encode(block)) return [block];
  // What does not fit into the old header stands in an extended one before it.
  const extended = new Pax({
    path,
    size,
    mtime,
    ...owner,
    ...(linkpath !== '' && { linkpath }),
  });
  return [extended.encode(), block];
}
