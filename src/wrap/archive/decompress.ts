import { gunzip } from 'node:zlib';
import { XzReadableStream } from 'xz-decompress';
import { err, ok, type Result } from '../../base/result.ts';
import { findInPath } from '../../host/find-in-path.ts';
import type { Host } from '../../host/host.ts';
import { join } from '../paths.ts';
import { type ArchiveFault, largestContent } from './archive-entry.ts';

/** How an archive is packed, by its first bytes; names lie (`.crate`, `.tar` from a cache). */
export function packingOf(bytes: Uint8Array): 'gzip' | 'xz' | 'bzip2' | 'zstd' | 'zip' | 'none' {
  const starts = (...magic: number[]) => magic.every((byte, at) => bytes[at] === byte);
  if (starts(0x1f, 0x8b)) return 'gzip';
  if (starts(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00)) return 'xz';
  if (starts(0x42, 0x5a, 0x68)) return 'bzip2';
  if (starts(0x28, 0xb5, 0x2f, 0xfd)) return 'zstd';
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06)) return 'zip';
  return 'none';
}

/** The bytes of a file without its compression. `scratch` is a folder of ours for tools to write in. */
export function decompressed(
  host: Host,
  { path, bytes, scratch }: { path: string; bytes: Uint8Array; scratch: string },
): Promise<Result<Uint8Array, ArchiveFault>> {
  const limit = Math.min(largestContent(bytes.length), 2 ** 31 - 1);
  switch (packingOf(bytes)) {
    case 'gzip':
      return gunzipped(bytes, limit);
    case 'xz':
      // The system's tool takes a fifth of the time.
      return bytes.length > 500_000 && findInPath(host, 'xz') !== undefined
        ? byTool(host, ['xz', '-dc'], { path, scratch, limit })
        : unxz(bytes, limit);
    case 'bzip2':
      return byTool(host, ['bzip2', '-dc'], { path, scratch, limit });
    case 'zstd':
      return byTool(host, ['zstd', '-dcq'], { path, scratch, limit });
    default:
      return Promise.resolve(ok(bytes));
  }
}

function tooLarge(limit: number): { readonly ok: false; readonly error: ArchiveFault } {
  return err({ kind: 'refused', rule: `unpacks to more than ${limit} bytes` });
}

function gunzipped(bytes: Uint8Array, limit: number): Promise<Result<Uint8Array, ArchiveFault>> {
  return new Promise((resolve) => {
    gunzip(bytes, { maxOutputLength: limit }, (error, result) => {
      if (error === null) resolve(ok(result));
      else if ('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') resolve(tooLarge(limit));
      else resolve(err({ kind: 'damaged', rule: `is not valid gzip: ${error.message}` }));
    });
  });
}

async function unxz(bytes: Uint8Array, limit: number): Promise<Result<Uint8Array, ArchiveFault>> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  try {
    const reader = new XzReadableStream(new Blob([Buffer.from(bytes)]).stream()).getReader();
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      total += step.value.length;
      if (total > limit) return tooLarge(limit);
      chunks.push(step.value);
    }
  } catch (error) {
    return err({ kind: 'damaged', rule: `is not valid xz: ${String(error)}` });
  }
  return ok(Buffer.concat(chunks, total));
}

/** Limits what a tool can write, in blocks of 512 bytes. The words after it are never read as shell. */
const limited = ['sh', '-c', 'ulimit -f "$1" && shift && exec "$@"', 'sh'];

/** Packings that neither Node nor a package of ours reads are left to the system's own tool. */
async function byTool(
  host: Host,
  argv: readonly [string, ...string[]],
  { path, scratch, limit }: { path: string; scratch: string; limit: number },
): Promise<Result<Uint8Array, ArchiveFault>> {
  const [tool, ...options] = argv;
  const program = findInPath(host, tool);
  if (program === undefined)
    return err({ kind: 'no-tool', rule: `is packed with ${tool}, which is not installed` });
  const stdoutFile = join(scratch, 'unpacked');
  const { ended, stderr } = await host.processes.spawn({
    argv: [...limited, String(Math.ceil((limit + 1) / 512)), program, ...options],
    workingDirectory: scratch,
    environment: host.system.environment,
    stdinFile: path,
    stdoutFile,
  }).done;
  const result = host.files.stat(stdoutFile);
  const bytes = host.files.readBytes(stdoutFile);
  host.files.remove(stdoutFile);
  if (result !== undefined && result.size > limit) return tooLarge(limit);
  if (ended.kind !== 'exited' || ended.code !== 0 || result === undefined)
    return err({ kind: 'damaged', rule: `is not valid ${tool}: ${stderr.trim()}` });
  return bytes.ok ? bytes : err({ kind: 'damaged', rule: bytes.error.reason });
}
