import { posix } from 'node:path';
import { Gzip } from 'fflate';
import { err, ok, type Result } from '../../base/result.ts';
import { findInPath } from '../../host/find-in-path.ts';
import type { Host } from '../../host/host.ts';
import { Turns } from '../../host/turns.ts';
import { runTool } from '../run-tool.ts';
import type { ArchiveFormat } from './formats.ts';
import { OutFile, partsOf } from './out-file.ts';

/** A tar archive that is to be compressed. */
export interface Compression {
  readonly from: string;
  readonly to: string;
  /** Where tools are run. */
  readonly folder: string;
  /** Told how many bytes of the result there are. */
  readonly onProgress?: (bytes: number) => void;
}

interface Tool {
  readonly name: string;
  /** The package that brings it, where that is named otherwise. */
  readonly package: string;
  readonly args: (cores: number) => readonly string[];
}

/**
 * Tools of the system, as nothing for Node is as fast or uses all cores. Each is told all that its
 * result depends on: how many threads there are must not show.
 *
 * xz makes other blocks when it runs in one thread, so it always gets two, and a fixed block size.
 * zstd's jobs only depend on the level.
 */
const tools: Readonly<Partial<Record<ArchiveFormat, Tool>>> = {
  xztar: {
    name: 'xz',
    package: 'xz-utils',
    args: (cores) => [
      ...['-z', '-c', '-6', '--check=crc64', '--block-size=24MiB'],
      `-T${Math.max(2, cores)}`,
    ],
  },
  bztar: { name: 'bzip2', package: 'bzip2', args: () => ['-z', '-c', '-9'] },
  zstdtar: {
    name: 'zstd',
    package: 'zstd',
    args: (cores) => ['-z', '-c', '-q', '-19', '--check', `-T${Math.max(1, cores)}`],
  },
};

/** What people set for their own calls of these tools. */
const forgotten = ['XZ_DEFAULTS', 'XZ_OPT', 'ZSTD_CLEVEL', 'ZSTD_NBTHREADS', 'BZIP', 'BZIP2'];

/** Compresses a tar archive. An error is a sentence. */
export function compress(
  host: Host,
  format: ArchiveFormat,
  compression: Compression,
): Promise<Result<void, string>> {
  const tool = tools[format];
  return tool === undefined ? gzip(host, compression) : byTool(host, tool, compression);
}

/** A format that needs a tool which is not there, as a sentence; asked before there is much work to lose. */
export function missingTool(host: Host, formats: readonly ArchiveFormat[]): string | undefined {
  const needed = formats.flatMap((format) => tools[format] ?? []);
  const missing = needed.find((tool) => findPacker(host, tool) === undefined);
  return missing === undefined ? undefined : isMissing(missing);
}

/** BusyBox's xz only unpacks: where there is no other, there is none. */
function findPacker(host: Host, { name }: Tool): string | undefined {
  const program = findInPath(host, name);
  if (program === undefined || name !== 'xz') return program;
  const real = host.files.realPath(program);
  return real.ok && posix.basename(real.value) === 'busybox' ? undefined : program;
}

function isMissing(tool: Tool): string {
  return `${tool.name} is not installed, which this format needs; the package is called ${tool.package}. Or choose another format: gztar (.tar.gz) needs no tool.`;
}

async function byTool(
  host: Host,
  tool: Tool,
  { from, to, folder, onProgress }: Compression,
): Promise<Result<void, string>> {
  const program = findPacker(host, tool);
  if (program === undefined) return err(isMissing(tool));
  const environment = Object.fromEntries(forgotten.map((name) => [name, '']));
  const running = runTool(host, {
    argv: [program, ...tool.args(host.system.cores)],
    folder,
    environment,
    stdinFile: from,
    stdoutFile: to,
  });
  let isDone = false;
  const ended = running.finally(() => {
    isDone = true;
  });
  while (onProgress !== undefined && !isDone) {
    await Promise.race([ended, host.clock.pause(250)]);
    onProgress(host.files.stat(to)?.size ?? 0);
  }
  const done = await ended;
  return done.ok ? ok(undefined) : done;
}

/** In JavaScript: the system's gzip, and zlib on another processor, come to other bytes. */
async function gzip(
  host: Host,
  { from, to, onProgress }: Compression,
): Promise<Result<void, string>> {
  const opened = OutFile.open(host, to);
  if (!opened.ok) return opened;
  const out = opened.value;
  const packer = new Gzip({ level: 9, mtime: 0 }, (bytes) => out.write(bytes));
  const turns = new Turns(host.clock);
  let fault: string | undefined;
  for (const part of partsOf(host, from)) {
    if (part.ok) packer.push(part.value, false);
    else fault = part.error;
    onProgress?.(out.size);
    await turns.take();
  }
  packer.push(new Uint8Array(), true);
  const closed = out.close();
  return fault === undefined ? closed : err(fault);
}
