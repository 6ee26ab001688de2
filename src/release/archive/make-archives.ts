import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { ok, type Result } from '../../base/result.ts';
import type { Host } from '../../host/host.ts';
import { compress } from './compress.ts';
import { type ArchiveFormat, archiveFormats } from './formats.ts';
import { partsOf } from './out-file.ts';
import type { Tree } from './tree.ts';
import { writeTar } from './write-tar.ts';
import { writeZip } from './write-zip.ts';

export interface MakeArchives {
  readonly tree: Tree;
  readonly top: string;
  readonly timeSeconds: number;
  readonly formats: readonly ArchiveFormat[];
  /** Where the archives go, without their endings. */
  readonly base: string;
  readonly onProgress?: (progress: ArchiveProgress) => void;
}

export interface ArchiveProgress {
  readonly step: 'collecting' | 'compressing';
  readonly format: ArchiveFormat;
  readonly bytes: number;
}

/** An archive that lies on the disk. */
export interface Archive {
  readonly path: string;
  readonly format: ArchiveFormat;
  readonly size: number;
  readonly sha256: string;
}

/** Makes archives of one tree in several formats; each is the same bytes wherever it is made. */
export async function makeArchives(
  host: Host,
  request: MakeArchives,
): Promise<Result<readonly Archive[], string>> {
  const { tree, top, timeSeconds, formats, base, onProgress } = request;
  const tar = `${base}.tar`;
  const archives: Archive[] = [];
  const told = (step: ArchiveProgress['step'], format: ArchiveFormat) => (bytes: number) =>
    onProgress?.({ step, format, bytes });
  const common = { tree, top, timeSeconds };
  if (formats.some((format) => format !== 'zip')) {
    const written = await writeTar(host, {
      ...common,
      output: tar,
      onProgress: told('collecting', 'tar'),
    });
    if (!written.ok) return written;
  }
  for (const format of formats) {
    const path = base + archiveFormats[format].extension;
    const done =
      format === 'tar'
        ? ok(undefined)
        : format === 'zip'
          ? await writeZip(host, {
              ...common,
              output: path,
              onProgress: told('collecting', format),
            })
          : await compress(host, format, {
              from: tar,
              to: path,
              folder: posix.dirname(base),
              onProgress: told('compressing', format),
            });
    if (!done.ok) {
      for (const leftover of [path, tar]) host.files.remove(leftover);
      return done;
    }
    const sha256 = digestOf(host, path);
    if (!sha256.ok) return sha256;
    const size = host.files.stat(path)?.size ?? 0;
    archives.push({ path, format, size, sha256: sha256.value });
  }
  if (!formats.includes('tar')) host.files.remove(tar);
  return ok(archives);
}

/** The SHA-256 of a file of any size. */
function digestOf(host: Pick<Host, 'files'>, path: string): Result<string, string> {
  const hash = createHash('sha256');
  for (const part of partsOf(host, path)) {
    if (!part.ok) return part;
    hash.update(part.value);
  }
  return ok(hash.digest('hex'));
}
