import { err, ok, type Result } from '../../base/result.ts';
import {
  type DynamicEntry,
  dynamicTags,
  type ElfFile,
  readElf,
  stringBytes,
  writeDynamic,
} from './elf-file.ts';

export interface RpathChange {
  /** Entries that only mean something in the build directory. */
  readonly remove: ReadonlySet<string>;
  /** Entries of the installed file, with `:` between them; they come first. */
  readonly install: string;
}

/**
 * Turns the rpath of a build tree into the one to install, in place. Entries that came from elsewhere
 * stay; padding (`XXX…`) goes. Answers whether the bytes changed.
 */
export function fixRpath(bytes: Uint8Array, change: RpathChange): Result<boolean, string> {
  let changed = false;
  // Either kind may be there, or both.
  for (const tag of [dynamicTags.rpath, dynamicTags.runpath]) {
    const elf = readElf(bytes);
    if (elf === undefined) return ok(changed);
    const index = elf.dynamic.findIndex((entry) => entry.tag === tag);
    const entry = elf.dynamic[index];
    if (entry === undefined) continue;
    const old = text(stringBytes(elf, entry.value));
    const wanted = newRpath(old, change);
    if (wanted === old) continue;
    const done = wanted === '' ? removeEntry(elf, index, entry) : rewrite(elf, entry, wanted);
    if (!done.ok) return done;
    changed = true;
  }
  return ok(changed);
}

function newRpath(old: string, { remove, install }: RpathChange): string {
  const kept = old.split(':').filter((part) => !remove.has(part) && !/^X*$/.test(part));
  return [...new Set([...install.split(':').filter((part) => part !== ''), ...kept])].join(':');
}

function rewrite(elf: ElfFile, { value }: DynamicEntry, wanted: string): Result<void, string> {
  const old = stringBytes(elf, value);
  const bytes = new TextEncoder().encode(wanted);
  if (bytes.length > old.length) {
    return err(
      `New rpath must not be longer than the old one.\n Old: ${text(old)}\n New: ${wanted}`,
    );
  }
  const free = freeLength(elf, value, old.length);
  if (bytes.length < old.length && bytes.length + 1 > free) {
    return err(
      `The rpath ${text(old)} shares its end with another name and cannot become ${wanted}`,
    );
  }
  const start = elf.stringsOffset + value;
  if (free < old.length || bytes.length < old.length) elf.bytes.fill(0, start, start + free);
  elf.bytes.set(bytes, start);
  return ok(undefined);
}

/** Takes the entry out of the dynamic section and clears its string, as far as it is ours alone. */
function removeEntry(elf: ElfFile, index: number, entry: DynamicEntry): Result<void, string> {
  const length = stringBytes(elf, entry.value).length;
  const start = elf.stringsOffset + entry.value;
  elf.bytes.fill(0, start, start + freeLength(elf, entry.value, length));
  const word = elf.wide ? 8 : 4;
  const later = elf.dynamic.slice(index + 1).map((each) =>
    // This one counts from its own place, which moves.
    each.tag === dynamicTags.mipsRldMapRel ? { ...each, value: each.value + 2 * word } : each,
  );
  writeDynamic(elf, [...elf.dynamic.slice(0, index), ...later, { tag: 0, value: 0 }]);
  return ok(undefined);
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
