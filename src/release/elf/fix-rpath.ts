import { err, ok, type Result } from '../../base/result.ts';
import {
  type DynamicEntry,
  dynamicTags,
  type ElfFile,
  readElf,
  stringBytes,
  writeDynamic,
} from './elf-file.ts';
import { growStrings } from './grow-strings.ts';

const letterX = 0x58;

export interface RpathChange {
  /** Entries that only mean something in the build directory. */
  readonly remove: ReadonlySet<string>;
  /** Entries of the installed file, with `:` between them; they come first. */
  readonly install: string;
}

/**
 * Turns the rpath of a build tree into the one to install: in place, or, where it grows, in a larger
 * file. Entries that came from elsewhere stay; padding (`XXX…`) goes. Answers the file's bytes;
 * undefined where nothing changes.
 */
export function fixRpath(
  given: Uint8Array,
  change: RpathChange,
): Result<Uint8Array | undefined, string> {
  let bytes = given;
  let changed = false;
  // Either kind may be there, or both.
  for (const tag of [dynamicTags.rpath, dynamicTags.runpath]) {
    const elf = readElf(bytes);
    if (elf === undefined) break;
    const index = elf.dynamic.findIndex((entry) => entry.tag === tag);
    const entry = elf.dynamic[index];
    if (entry === undefined) continue;
    const old = text(stringBytes(elf, entry.value));
    const wanted = newRpath(old, change);
    if (wanted === old) continue;
    changed = true;
    if (wanted === '') removeEntry(elf, index, entry);
    else if (!rewrite(elf, entry, wanted)) {
      const grown = growStrings(bytes, wanted);
      if (!grown.ok) return err(`The rpath ${old} cannot become ${wanted}: ${grown.error}`);
      bytes = grown.value.bytes;
      repoint(bytes, index, grown.value.offset);
    }
  }
  return ok(changed ? bytes : undefined);
}

/** Lets an entry of the dynamic section use another string. */
function repoint(bytes: Uint8Array, index: number, offset: number): void {
  const elf = readElf(bytes);
  if (elf === undefined) return;
  const entries = elf.dynamic.map((each, at) => (at === index ? { ...each, value: offset } : each));
  writeDynamic(elf, entries);
}

function newRpath(old: string, { remove, install }: RpathChange): string {
  const kept = old.split(':').filter((part) => !remove.has(part) && !/^X*$/.test(part));
  return [...new Set([...install.split(':').filter((part) => part !== ''), ...kept])].join(':');
}

/** Writes over the old string; false where that is too short, or not ours alone. */
function rewrite(elf: ElfFile, { value }: DynamicEntry, wanted: string): boolean {
  const old = stringBytes(elf, value);
  const bytes = new TextEncoder().encode(wanted);
  if (bytes.length > old.length) return false;
  const free = freeLength(elf, value, old.length);
  if (bytes.length < old.length && bytes.length + 1 > free) return false;
  const start = elf.stringsOffset + value;
  if (free < old.length || bytes.length < old.length) elf.bytes.fill(0, start, start + free);
  elf.bytes.set(bytes, start);
  return true;
}

/**
 * Takes the entry out of the dynamic section and clears its string, as far as it is ours alone. What is
 * left of both is what Meson leaves, so that files installed by the two compare byte by byte.
 */
function removeEntry(elf: ElfFile, index: number, entry: DynamicEntry): void {
  const length = stringBytes(elf, entry.value).length;
  const start = elf.stringsOffset + entry.value;
  elf.bytes.fill(letterX, start, start + freeLength(elf, entry.value, length));
  const word = elf.wide ? 8 : 4;
  const later = elf.dynamic.slice(index + 1).map((each) =>
    // This one counts from its own place, which moves.
    each.tag === dynamicTags.mipsRldMapRel ? { ...each, value: each.value + 2 * word } : each,
  );
  // The closing entry moves up; in its former place stands the entry without a meaning.
  const closing = { tag: 0, value: 0 };
  const entries = [...elf.dynamic.slice(0, index), ...later, closing];
  writeDynamic(elf, elf.closed ? [...entries, { tag: 0, value: entry.value }] : entries);
}

/**
 * How much of a string is nobody else's. Linkers store a string that is the end of another inside of
 * it: with an rpath `/usr/lib/foo`, the symbol `foo` may point into the rpath.
 */
function freeLength({ usedStrings }: ElfFile, offset: number, length: number): number {
  const shared = usedStrings.filter((used) => used >= offset && used < offset + length);
  return shared.reduce((least, used) => Math.min(least, used - offset), length);
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
