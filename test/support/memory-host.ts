import { posix } from 'node:path';
import type { Environment } from '../../src/base/environment.ts';
import { err, ok, type Result } from '../../src/base/result.ts';
import type {
  Clock,
  DownloadFault,
  Host,
  Lock,
  LockFault,
  Network,
  Storage,
  System,
  Watching,
  WatchRequest,
} from '../../src/host/host.ts';
import { MemoryFiles } from './memory-files.ts';
import { MemoryProcesses, type Program } from './memory-processes.ts';

/** What a test may choose; the rest is a small Linux machine started in `/project`. */
export interface MemoryHostOptions {
  readonly environment?: Environment;
  readonly workingDirectory?: string;
  readonly cores?: number;
  readonly platform?: string;
  readonly machine?: string;
}

/**
 * A small world in memory: files in a map, a clock that moves only when the test says `tick()`,
 * processes that are functions of the test, and a network of URLs with known content.
 *
 *     const host = new MemoryHost({ 'a.c': 'int a;' });
 *     host.program('cc', (run) => run.write('a.o', run.read('a.c')));
 */
export class MemoryHost implements Host {
  readonly files: MemoryFiles;
  readonly storage: Storage;
  readonly processes: MemoryProcesses;
  readonly network: Network;
  readonly watching: Watching;
  readonly clock: Clock;
  readonly system: System;
  /** Content by URL, for downloads. */
  readonly urls = new Map<string, string | Uint8Array>();
  readonly #watched = new Set<WatchRequest>();
  readonly #locks = new Map<string, Promise<void>>();
  #nowMs = 1_700_000_000_123;

  constructor(files: Readonly<Record<string, string>> = {}, options: MemoryHostOptions = {}) {
    const workingDirectory = options.workingDirectory ?? '/project';
    this.system = {
      environment: options.environment ?? { PATH: '/usr/bin:/bin', HOME: '/home/user' },
      workingDirectory,
      temporaryDirectory: '/tmp',
      homeDirectory: '/home/user',
      platform: options.platform ?? 'linux',
      machine: options.machine ?? 'x86_64',
      cores: options.cores ?? 2,
      processId: 1000,
    };
    this.clock = {
      nowMs: () => this.#nowMs,
      monotonicMs: () => this.#nowMs - 1_699_999_000_000,
      pause: (milliseconds) => Promise.resolve(this.tick(milliseconds)),
    };
    this.files = new MemoryFiles(workingDirectory, () => BigInt(this.#nowMs) * 1_000_000n);
    for (const folder of ['/tmp', '/home/user', '/usr/bin', '/bin'])
      this.files.makeDirectory(folder);
    this.storage = {
      openAppend: (path, keepBytes) => this.files.openAppend(path, keepBytes),
      lock: (folder) => Promise.resolve(this.#lock(folder)),
    };
    this.processes = new MemoryProcesses(this.files, this.system);
    this.network = { download: (url, path, limits) => this.#download(url, path, limits.maxBytes) };
    this.watching = {
      start: (_folder, request) => {
        this.#watched.add(request);
        const close = () => Promise.resolve(void this.#watched.delete(request));
        return Promise.resolve(ok({ close }));
      },
    };
    for (const [path, content] of Object.entries(files)) this.write(path, content);
    this.tick();
  }

  /** Moves the clock; a second when not told. */
  tick(milliseconds = 1000): void {
    this.#nowMs += milliseconds;
  }

  /** Writes a file and makes its folders. */
  write(path: string, content: string | Uint8Array): void {
    this.files.makeDirectory(posix.dirname(posix.resolve(this.system.workingDirectory, path)));
    const written = this.files.write(path, content);
    if (!written.ok) throw new Error(written.error.reason);
  }

  /** Tells who watches that a path changed. */
  touch(path: string): void {
    for (const { ignores, changed } of this.#watched) if (!ignores(path)) changed(path);
  }

  /** A file's text; throws where there is none. */
  read(path: string): string {
    const text = this.files.readText(path);
    if (!text.ok) throw new Error(text.error.reason);
    return text.value;
  }

  /** Installs a program, in `/usr/bin` unless its name says where. */
  program(name: string, program: Program): void {
    this.processes.install(name.includes('/') ? name : `/usr/bin/${name}`, program);
  }

  #lock(folder: string): Result<Lock, LockFault> {
    const key = posix.resolve(this.system.workingDirectory, folder);
    const held = this.#locks.get(key);
    if (held !== undefined) return err({ kind: 'held', processId: 999, released: held });
    let free = (): void => undefined;
    this.#locks.set(
      key,
      new Promise((resolve) => {
        free = resolve;
      }),
    );
    return ok({
      release: () => {
        this.#locks.delete(key);
        free();
      },
    });
  }

  async #download(
    url: string,
    path: string,
    maxBytes: number,
  ): Promise<Result<void, DownloadFault>> {
    const content = this.urls.get(url);
    if (content === undefined) return err({ kind: 'not-found', reason: `${url}: not found` });
    if (content.length > maxBytes) return err({ kind: 'too-large', reason: `${url}: too large` });
    this.write(path, content);
    return ok(undefined);
  }
}
