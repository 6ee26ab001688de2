import type { Signature } from './file-content.ts';

/** The kinds of files, as they are numbered where they are stored. */
export const fileKinds: readonly Signature['kind'][] = ['file', 'directory', 'symlink', 'other'];

/** Signatures by number, each in 37 bytes. */
export class SignatureRows {
  #count = 0;
  #mtimes = new BigInt64Array(64);
  #ctimes = new BigInt64Array(64);
  #inodes = new BigInt64Array(64);
  #sizes = new Float64Array(64);
  #modes = new Uint32Array(64);
  #kinds = new Uint8Array(64);

  /** Its number. */
  add({ kind, mode, size, mtimeNs, ctimeNs, inode }: Signature): number {
    const at = this.#count++;
    if (at === this.#kinds.length) this.#grow(at * 2);
    this.#mtimes[at] = mtimeNs;
    this.#ctimes[at] = ctimeNs;
    this.#inodes[at] = inode;
    this.#sizes[at] = size;
    this.#modes[at] = mode;
    this.#kinds[at] = fileKinds.indexOf(kind);
    return at;
  }

  get(at: number): Signature {
    return {
      kind: fileKinds[this.#kinds[at] ?? 0] ?? 'other',
      mode: this.#modes[at] ?? 0,
      size: this.#sizes[at] ?? 0,
      mtimeNs: this.#mtimes[at] ?? 0n,
      ctimeNs: this.#ctimes[at] ?? 0n,
      inode: this.#inodes[at] ?? 0n,
    };
  }

  /** As `sameStat` of the two. */
  isSame(at: number, { kind, mode, size, mtimeNs, ctimeNs, inode }: Signature): boolean {
    return (
      this.#mtimes[at] === mtimeNs &&
      this.#sizes[at] === size &&
      this.#ctimes[at] === ctimeNs &&
      this.#inodes[at] === BigInt.asIntN(64, inode) &&
      this.#modes[at] === mode &&
      fileKinds[this.#kinds[at] ?? 0] === kind
    );
  }

  #grow(room: number): void {
    this.#mtimes = inRoom(this.#mtimes, new BigInt64Array(room));
    this.#ctimes = inRoom(this.#ctimes, new BigInt64Array(room));
    this.#inodes = inRoom(this.#inodes, new BigInt64Array(room));
    this.#sizes = inRoom(this.#sizes, new Float64Array(room));
    this.#modes = inRoom(this.#modes, new Uint32Array(room));
    this.#kinds = inRoom(this.#kinds, new Uint8Array(room));
  }
}

function inRoom<T extends ArrayBufferView & { set(from: T): void }>(from: T, room: T): T {
  room.set(from);
  return room;
}
