import { Parser, type ReadEntry } from 'tar';
import { err, ok, type Result } from '../../base/result.ts';
import { type ArchiveEntry, type ArchiveFault, maxEntries } from './archive-entry.ts';

const kindByType: Readonly<Record<string, ArchiveEntry['kind']>> = {
  File: 'file',
  OldFile: 'file',
  ContiguousFile: 'file',
  Directory: 'directory',
  GNUDumpDir: 'directory',
  SymbolicLink: 'symlink',
  Link: 'hardlink',
};

/** The entries of an uncompressed tar archive. Anything the parser complains of refuses it. */
export function readTar(bytes: Uint8Array): Promise<Result<readonly ArchiveEntry[], ArchiveFault>> {
  const broken = brokenHeader(bytes);
  if (broken !== undefined) return Promise.resolve(err({ kind: 'refused', rule: broken }));
  return new Promise((resolve) => {
    const entries: (ArchiveEntry & { chunks: Uint8Array[] })[] = [];
    let fault: ArchiveFault | undefined;
    const refuse = (found: ArchiveFault): void => {
      fault ??= found;
    };
    const parser = new Parser({
      // A tar that was not compressed must not be unpacked as if it had been.
      maxMetaEntrySize: 1024 * 1024,
      maxDecompressionRatio: Number.POSITIVE_INFINITY,
      onwarn: (code, message, data) => {
        const { entry, header } = data as WarnedOf; // what the parser hands on, besides a message
        const path = entry?.path ?? header?.path;
        const rule = `${String(message)} (${code})`;
        refuse({ kind: 'damaged', ...(path ? { entry: path, rule: `has ${rule}` } : { rule }) });
      },
      onReadEntry: (entry) => {
        const chunks: Uint8Array[] = [];
        if (entries.length < maxEntries) entries.push({ ...described(entry), chunks });
        else refuse({ kind: 'refused', rule: `has more than ${maxEntries} entries` });
        entry.on('data', (chunk: Uint8Array) => chunks.push(chunk));
        entry.resume();
      },
    });
    parser.on('ignoredEntry', (entry: ReadEntry) => {
      if (!entry.meta && entry.invalid)
        refuse({ kind: 'damaged', entry: entry.path, rule: 'has an invalid header' });
      else if (!entry.meta)
        refuse({
          kind: 'refused',
          entry: entry.path,
          rule: `is of an unknown type (${entry.type})`,
        });
    });
    parser.on('error', (error: unknown) => {
      refuse({ kind: 'damaged', rule: String(error) });
      resolve(err(fault ?? { kind: 'damaged', rule: String(error) }));
    });
    parser.on('end', () =>
      resolve(
        fault === undefined
          ? ok(entries.map(({ chunks, ...entry }) => ({ ...entry, content: joined(chunks) })))
          : err(fault),
      ),
    );
    parser.end(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  });
}

/** Whose header the parser warns of. */
interface WarnedOf {
  readonly entry?: { readonly path?: string };
  readonly header?: { readonly path?: string };
}

function described(entry: ReadEntry): ArchiveEntry {
  return {
    path: entry.path,
    kind: kindByType[entry.type] ?? 'other',
    type: entry.type,
    target: entry.linkpath ?? '',
    mode: entry.mode ?? 0o644,
    mtimeMs: entry.mtime?.getTime(),
    content: new Uint8Array(),
  };
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
}

/**
 * A rule that headers break which the parser lets pass: an extended header with a NUL, where it would
 * end a path and other tools would not, and a size below nothing, which it takes for none.
 */
function brokenHeader(bytes: Uint8Array): string | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 512 <= view.length; ) {
    const type = view.toString('latin1', at + 156, at + 157);
    const said = sizeAt(view, at + 124);
    if (said < 0) return 'has a size that is none in a header';
    // Some archivers give folders a size, though nothing follows.
    const size = type === '5' ? 0 : said;
    if ((type === 'x' || type === 'g') && view.subarray(at + 512, at + 512 + size).includes(0))
      return 'has a NUL in an extended header';
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return undefined;
}

/** Octal digits, or a binary number where its first bit is set. */
function sizeAt(view: Buffer, at: number): number {
  const first = view.readUInt8(at);
  if (first === 0xff) return -1;
  if (first === 0x80) return Number(view.readBigUInt64BE(at + 4));
  return Number.parseInt(view.toString('latin1', at, at + 12), 8) || 0;
}
