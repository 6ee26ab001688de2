/** Strings by hash: number + 1, or 0 where free. A hash whose place is taken uses the next place. */
export interface StringHashes {
  /** Of each string, by number. */
  readonly hashes: Uint32Array;
  /** A power of two long. */
  readonly table: Uint32Array;
}

/** FNV-1a of UTF-16 code units. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}

/** The number of a string, which `string` knows by number. */
export function findString(
  { table, hashes }: StringHashes,
  text: string,
  string: (id: number) => string,
): number | undefined {
  return table.length === 0 ? undefined : find({ table, hashes }, { text, string }, hashText(text));
}

function find(
  { table, hashes }: StringHashes,
  { text, string }: { readonly text: string; readonly string: (id: number) => string },
  hash: number,
): number | undefined {
  const mask = table.length - 1;
  for (let at = hash & mask; ; at = (at + 1) & mask) {
    const entry = table[at] ?? 0;
    if (entry === 0) return undefined;
    if (hashes[entry - 1] === hash && string(entry - 1) === text) return entry - 1;
  }
}

/** Hashes of strings, and their table; those of an older index need not be read for it. */
export function hashTable(
  count: number,
  string: (id: number) => string,
  older?: StringHashes,
): StringHashes {
  const hashes = new Uint32Array(count);
  hashes.set(older?.hashes ?? []);
  const known = older?.hashes.length ?? 0;
  for (let id = known; id < count; id++) hashes[id] = hashText(string(id));
  const fits = older?.table.length === tableSize(count);
  const table = fits ? older.table.slice() : new Uint32Array(tableSize(count));
  for (let id = fits ? known : 0; id < count; id++) put(table, hashes[id] ?? 0, id);
  return { hashes, table };
}

/** At most half full. */
function tableSize(count: number): number {
  let size = 16;
  while (size < count * 2) size *= 2;
  return size;
}

function put(table: Uint32Array, hash: number, id: number): void {
  const mask = table.length - 1;
  let at = hash & mask;
  while (table[at] !== 0) at = (at + 1) & mask;
  table[at] = id + 1;
}

/**
 * Strings by number that someone else keeps, or can read again: a Map would hold all of them, which is
 * most of what a large build would have in memory.
 */
export class StringNumbers {
  readonly #string: (id: number) => string;
  #hashes = new Uint32Array(8);
  #table = new Uint32Array(16);
  #count = 0;
  /** The one that was asked for last and is not there, which is often added next. */
  #missed: { readonly text: string; readonly hash: number } | undefined;

  constructor(string: (id: number) => string) {
    this.#string = string;
  }

  find(text: string): number | undefined {
    const hash = hashText(text);
    const parts = { table: this.#table, hashes: this.#hashes };
    const found = find(parts, { text, string: this.#string }, hash);
    if (found === undefined) this.#missed = { text, hash };
    return found;
  }

  /** Takes the string of the next number. */
  add(text: string): void {
    const hash = this.#missed?.text === text ? this.#missed.hash : hashText(text);
    const id = this.#count++;
    if (this.#count > this.#hashes.length) this.#grow();
    this.#hashes[id] = hash;
    put(this.#table, hash, id);
  }

  #grow(): void {
    const hashes = new Uint32Array(this.#hashes.length * 2);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    this.#table = new Uint32Array(tableSize(hashes.length));
    for (let id = 0; id < this.#count - 1; id++) put(this.#table, hashes[id] ?? 0, id);
  }
}
