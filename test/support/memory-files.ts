import { posix } from 'node:path';
import { err, ok, type Result } from '../../src/base/result.ts';
import type { AppendFile, FileFault, FileStat, Files } from '../../src/host/host.ts';
import { copied, joined, type Node, statOf } from './memory-node.ts';

/** A disk at one moment. */
export type DiskImage = ReadonlyMap<string, Node>;

/** What a disk refuses, where a test wants it: asked before each change and each read. */
export type Refusal = (
  operation: 'read' | 'write' | 'remove',
  path: string,
) => FileFault['kind'] | undefined;

/** Files in a map, with links, modes, inodes and stamps of a clock that the test moves. */
export class MemoryFiles implements Files {
  readonly #nodes = new Map<string, Node>();
  readonly #workingDirectory: string;
  readonly #nowNs: () => bigint;
  #nextInode = 2n;
  /** Set by a test: which operations fail, and how. */
  refuse: Refusal = () => undefined;
  /** How often content was read, by absolute path: to show that something was not. */
  readonly reads = new Map<string, number>();

  constructor(workingDirectory: string, nowNs: () => bigint) {
    this.#workingDirectory = workingDirectory;
    this.#nowNs = nowNs;
    this.#put('/', { kind: 'directory', mode: 0o755 });
    this.makeDirectory(workingDirectory);
  }

  /** All files and links below a folder by absolute path, links as `-> target`: to compare whole trees. */
  snapshot(folder = '/'): Record<string, string> {
    const root = this.#absolute(folder);
    const prefix = root === '/' ? '/' : `${root}/`;
    const result: Record<string, string> = {};
    for (const path of [...this.#nodes.keys()].sort()) {
      const node = this.#nodes.get(path);
      if (!path.startsWith(prefix) || node === undefined) continue;
      if (node.kind === 'file') result[path] = new TextDecoder().decode(node.bytes);
      if (node.kind === 'symlink') result[path] = `-> ${node.target}`;
    }
    return result;
  }

  /** Gives a file older or newer stamps; unlike the real world, the ctime too when asked. */
  stamp(path: string, stamps: { readonly mtimeNs?: bigint; readonly ctimeNs?: bigint }): void {
    const node = this.#find(path, true);
    if (node === undefined) throw new Error(`no file ${path}`);
    Object.assign(node, stamps);
  }

  /** All that is on the disk now, to go back to: as a power cut or a kill leaves it. */
  image(): DiskImage {
    return new Map([...this.#nodes].map(([path, node]) => [path, copied(node)]));
  }

  restore(image: DiskImage): void {
    this.#nodes.clear();
    for (const [path, node] of image) this.#nodes.set(path, copied(node));
  }

  readText(path: string): Result<string, FileFault> {
    const bytes = this.readBytes(path);
    if (!bytes.ok) return bytes;
    try {
      return ok(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.value));
    } catch {
      return this.#fault('not-text', path);
    }
  }

  readBytes(path: string): Result<Uint8Array, FileFault> {
    const refused = this.refuse('read', this.#absolute(path));
    if (refused !== undefined) return this.#fault(refused, path);
    const node = this.#find(path, true);
    if (node === undefined) return this.#fault('missing', path);
    if (node.kind !== 'file') return this.#fault('is-a-directory', path);
    const absolute = this.#absolute(path);
    this.reads.set(absolute, (this.reads.get(absolute) ?? 0) + 1);
    return ok(node.bytes.slice());
  }

  readPieces(path: string, take: (piece: Uint8Array) => void): Result<void, FileFault> {
    const bytes = this.readBytes(path);
    if (!bytes.ok) return bytes;
    // Pieces that are cut anywhere, and that are gone afterwards.
    for (let at = 0; at < bytes.value.length; at += 7) {
      const piece = bytes.value.slice(at, at + 7);
      take(piece);
      piece.fill(0);
    }
    return ok(undefined);
  }

  readPart(path: string, offset: number, length: number): Result<Uint8Array, FileFault> {
    const bytes = this.readBytes(path);
    return bytes.ok ? ok(bytes.value.subarray(offset, offset + length)) : bytes;
  }

  write(path: string, content: string | Uint8Array): Result<void, FileFault> {
    const refused = this.refuse('write', this.#absolute(path));
    if (refused !== undefined) return this.#fault(refused, path);
    const bytes =
      typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
    const old = this.#find(path, true);
    if (old?.kind === 'directory') return this.#fault('is-a-directory', path);
    if (old?.kind === 'file') {
      old.bytes = bytes;
      this.#touch(old);
      return ok(undefined);
    }
    const place = this.#place(path, true);
    if (place === undefined) return this.#fault('missing', path);
    this.#put(place, { kind: 'file', bytes, mode: 0o644 });
    return ok(undefined);
  }

  replace(path: string, content: string | Uint8Array): Result<void, FileFault> {
    const beside = `${path}.new`;
    const written = this.write(beside, content);
    return written.ok ? this.rename(beside, path) : written;
  }

  stat(path: string): FileStat | undefined {
    return statOf(this.#find(path, true));
  }

  lstat(path: string): FileStat | undefined {
    return statOf(this.#find(path, false));
  }

  exists(path: string): boolean {
    return this.#find(path, true) !== undefined;
  }

  isFile(path: string): boolean {
    return this.#find(path, true)?.kind === 'file';
  }

  isDirectory(path: string): boolean {
    return this.#find(path, true)?.kind === 'directory';
  }

  list(path: string): Result<readonly string[], FileFault> {
    const real = this.#resolve(path, true);
    const node = real === undefined ? undefined : this.#nodes.get(real);
    if (real === undefined || node === undefined) return this.#fault('missing', path);
    if (node.kind !== 'directory') return this.#fault('not-a-directory', path);
    const prefix = real === '/' ? '/' : `${real}/`;
    const names = [...this.#nodes.keys()]
      .filter((key) => key.startsWith(prefix) && key !== '/')
      .map((key) => key.slice(prefix.length))
      .filter((name) => !name.includes('/'));
    return ok(names.sort());
  }

  makeDirectory(path: string): Result<void, FileFault> {
    let current = '';
    for (const part of this.#absolute(path).split('/').slice(1)) {
      current += `/${part}`;
      const node = this.#find(current, true);
      if (node?.kind === 'directory' || part === '') continue;
      if (node !== undefined) return this.#fault('not-a-directory', path);
      const refused = this.refuse('write', current);
      if (refused !== undefined) return this.#fault(refused, path);
      const place = this.#place(current, true);
      if (place === undefined) return this.#fault('missing', path);
      this.#put(place, { kind: 'directory', mode: 0o755 });
    }
    return ok(undefined);
  }

  remove(path: string): Result<void, FileFault> {
    const place = this.#place(path, false);
    if (place === undefined || !this.#nodes.has(place)) return ok(undefined);
    const refused = this.refuse('remove', place);
    if (refused !== undefined) return this.#fault(refused, path);
    for (const key of [...this.#nodes.keys()]) {
      if (key === place || key.startsWith(`${place}/`)) this.#nodes.delete(key);
    }
    this.#touchParent(place);
    return ok(undefined);
  }

  rename(from: string, to: string): Result<void, FileFault> {
    const source = this.#place(from, false);
    const target = this.#place(to, false);
    const node = source === undefined ? undefined : this.#nodes.get(source);
    if (source === undefined || node === undefined) return this.#fault('missing', from);
    if (target === undefined || this.#nodes.get(posix.dirname(target))?.kind !== 'directory')
      return this.#fault('missing', to);
    const refused = this.refuse('write', target);
    if (refused !== undefined) return this.#fault(refused, to);
    if (this.#nodes.get(target)?.kind === 'directory' && node.kind !== 'directory') {
      return this.#fault('is-a-directory', to);
    }
    const moved = [...this.#nodes].filter(
      ([key]) => key === source || key.startsWith(`${source}/`),
    );
    for (const [key] of moved) this.#nodes.delete(key);
    for (const [key, value] of moved) this.#nodes.set(target + key.slice(source.length), value);
    node.ctimeNs = this.#nowNs();
    this.#touchParent(source);
    this.#touchParent(target);
    return ok(undefined);
  }

  copy(from: string, to: string): Result<void, FileFault> {
    const bytes = this.readBytes(from);
    if (!bytes.ok) return bytes;
    const written = this.write(to, bytes.value);
    const mode = this.stat(from)?.mode;
    return written.ok && mode !== undefined ? this.setMode(to, mode) : written;
  }

  symlink(target: string, path: string): Result<void, FileFault> {
    const refused = this.refuse('write', this.#absolute(path));
    if (refused !== undefined) return this.#fault(refused, path);
    const place = this.#place(path, false);
    if (place === undefined) return this.#fault('missing', path);
    if (this.#nodes.has(place)) return this.#fault('exists', path);
    this.#put(place, { kind: 'symlink', target, mode: 0o777 });
    return ok(undefined);
  }

  readLink(path: string): Result<string, FileFault> {
    const node = this.#find(path, false);
    if (node === undefined) return this.#fault('missing', path);
    return node.kind === 'symlink' ? ok(node.target) : this.#fault('other', path);
  }

  realPath(path: string): Result<string, FileFault> {
    const real = this.#resolve(path, true);
    return real === undefined || !this.#nodes.has(real) ? this.#fault('missing', path) : ok(real);
  }

  setMode(path: string, mode: number): Result<void, FileFault> {
    const node = this.#find(path, true);
    if (node === undefined) return this.#fault('missing', path);
    node.mode = mode;
    node.ctimeNs = this.#nowNs();
    return ok(undefined);
  }

  setTimes(path: string, timeMs: number): Result<void, FileFault> {
    const node = this.#find(path, true);
    if (node === undefined) return this.#fault('missing', path);
    node.mtimeNs = BigInt(Math.round(timeMs * 1e6));
    node.ctimeNs = this.#nowNs();
    return ok(undefined);
  }

  copyTime(from: string, to: string): Result<void, FileFault> {
    const time = this.stat(from)?.mtimeNs;
    return time === undefined
      ? this.#fault('missing', from)
      : this.setTimes(to, Number(time) / 1e6);
  }

  /** For the host's storage: bytes added to a file's end. */
  openAppend(path: string, keepBytes: number): Result<AppendFile, FileFault> {
    const old = this.exists(path) ? this.readBytes(path) : ok(new Uint8Array());
    if (!old.ok) return old;
    const kept = new Uint8Array(keepBytes);
    kept.set(old.value.subarray(0, keepBytes));
    const opened = this.write(path, kept);
    if (!opened.ok) return opened;
    // As on a real disk, what is appended follows the open file, not the name.
    const node = this.#find(path, true);
    return ok({
      append: (bytes) => {
        const refused = this.refuse('write', this.#absolute(path));
        if (refused !== undefined) return this.#fault(refused, path);
        if (node?.kind === 'file') {
          node.bytes = joined(node.bytes, bytes);
          this.#touch(node);
        }
        return ok(undefined);
      },
      read: (place, bytes) => {
        const there = node?.kind === 'file' ? node.bytes : new Uint8Array();
        const read = there.subarray(place, place + bytes.length);
        bytes.set(read);
        return ok(read.length);
      },
      sync: () => ok(undefined),
      close: () => undefined,
    });
  }

  #absolute(path: string): string {
    return posix.resolve(this.#workingDirectory, path);
  }

  /** Where a path leads once links in its folders (and at its end, if followed) are gone. */
  #resolve(path: string, followLast: boolean, depth = 0): string | undefined {
    const parts = this.#absolute(path).split('/').slice(1);
    let current = '';
    for (const [at, part] of parts.entries()) {
      if (part === '') continue;
      const next = `${current}/${part}`;
      const node = this.#nodes.get(next);
      if (node?.kind === 'symlink' && (at < parts.length - 1 || followLast)) {
        if (depth > 40) return undefined;
        const target = posix.resolve(current === '' ? '/' : current, node.target);
        const rest = parts.slice(at + 1).join('/');
        return this.#resolve(posix.join(target, rest), followLast, depth + 1);
      }
      if (node?.kind === 'file' && at < parts.length - 1) return undefined;
      current = next;
    }
    return current === '' ? '/' : current;
  }

  #find(path: string, followLast: boolean): Node | undefined {
    const real = this.#resolve(path, followLast);
    return real === undefined ? undefined : this.#nodes.get(real);
  }

  /** The real path at which something new may stand: its folder exists. */
  #place(path: string, followLast: boolean): string | undefined {
    const real = this.#resolve(path, followLast);
    if (real === undefined) return undefined;
    return this.#nodes.get(posix.dirname(real))?.kind === 'directory' ? real : undefined;
  }

  #put(
    path: string,
    node:
      | { kind: 'file'; bytes: Uint8Array; mode: number }
      | { kind: 'directory'; mode: number }
      | { kind: 'symlink'; target: string; mode: number },
  ): void {
    const now = this.#nowNs();
    const stamps = { mtimeNs: now, ctimeNs: now, birthNs: now };
    this.#nodes.set(path, { ...node, inode: this.#nextInode++, ...stamps });
    if (path !== '/') this.#touchParent(path);
  }

  #touch(node: Node): void {
    node.mtimeNs = this.#nowNs();
    node.ctimeNs = node.mtimeNs;
  }

  #touchParent(path: string): void {
    const parent = this.#nodes.get(posix.dirname(path));
    if (parent !== undefined) this.#touch(parent);
  }

  #fault(kind: FileFault['kind'], path: string): { readonly ok: false; readonly error: FileFault } {
    return err({ kind, path, reason: `${reasons[kind]}: ${path}` });
  }
}

const reasons: Readonly<Record<FileFault['kind'], string>> = {
  missing: 'no such file or directory',
  denied: 'permission denied',
  'not-a-directory': 'not a directory',
  'is-a-directory': 'is a directory',
  exists: 'file exists',
  'no-space': 'no space left on device',
  'not-text': 'not UTF-8',
  other: 'input/output error',
};
