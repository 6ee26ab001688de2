import type { Files } from '../../host/host.ts';
import type { NumberLists } from '../format/number-lists.ts';
import { type Grown, type Look, renewedStamps, renewNoOpProof } from './no-op-look.ts';
import {
  listWords,
  ownNumbers,
  proofFolder,
  usesBytes,
  wordsChecksum,
  writeNames,
} from './no-op-proof.ts';
import { stampBytes, stampPlace, writeStamp } from './no-op-stamps.ts';

/** Makes a proof of a look once what changed was built. */
export function leaveSince(files: Files, buildRoot: string, grown: Grown): void {
  if (grown.readers.size > 0) growNoOpProof(files, buildRoot, grown);
  else renewNoOpProof(files, buildRoot, grown);
}

/**
 * Makes a proof of a look once what changed was built and actions read more than they did: files are
 * added behind those that are there, and who reads them. All else stays as it is.
 */
function growNoOpProof(files: Files, buildRoot: string, grown: Grown): void {
  const { look, renewed, added, readers, names } = grown;
  const at = `${buildRoot}/${proofFolder}`;
  const stamps = renewedStamps(files, look, renewed);
  if (stamps === undefined) return;
  const users = withReaders(look.uses.users, readers, added.length);
  const uses = files.write(`${at}/uses`, usesBytes({ ...look.uses, users }));
  const own = files.stat(`${at}/uses`);
  if (!uses.ok || own === undefined) return;
  if (names !== undefined && !writeNames(files, buildRoot, names).ok) return;
  const ofNames = files.stat(`${at}/names`);
  if (ofNames === undefined) return;
  const list = longerList(
    look,
    added.map(({ path }) => path),
  );
  if (!files.write(`${at}/list`, new Uint8Array(list.buffer)).ok) return;
  const count = list[listWords.files] ?? 0;
  const plain = (list[listWords.plain] ?? 0) - added.length;
  const all = stampBytes(count, list[listWords.checksum] ?? 0);
  all.set(stamps.subarray(stampPlace(0), stampPlace(plain)), stampPlace(0));
  all.set(stamps.subarray(stampPlace(plain)), stampPlace(plain + added.length));
  const view = new DataView(all.buffer);
  writeStamp(view, ownNumbers.uses, own);
  writeStamp(view, ownNumbers.names, ofNames);
  for (const [number, { signature }] of added.entries()) {
    writeStamp(view, plain + number, signature);
  }
  files.replace(`${at}/stamps`, all);
}

/** The list with more files behind those that are there, before links and what is not there. */
function longerList({ list }: Look, paths: readonly string[]): Uint32Array {
  const old = new Uint32Array(list.buffer, list.byteOffset, list.length >> 2);
  const count = old[listWords.files] ?? 0;
  const plain = old[listWords.plain] ?? 0;
  const startsEnd = (listWords.starts + count) * 4;
  const startOf = (number: number): number =>
    number < count ? (old[listWords.starts + number] ?? 0) : list.length;
  const more = Buffer.from(paths.map((path) => `${path}\0`).join(''));
  const shift = paths.length * 4;
  const words = new Uint32Array(Math.ceil((list.length + shift + more.length) / 4));
  const bytes = new Uint8Array(words.buffer);
  words.set(old.subarray(0, listWords.starts));
  words[listWords.files] = count + paths.length;
  words[listWords.plain] = plain + paths.length;
  // What is said first, and the plain files; the new ones; the others.
  bytes.set(list.subarray(startsEnd, startOf(plain)), startsEnd + shift);
  const place = startOf(plain) + shift;
  bytes.set(more, place);
  bytes.set(list.subarray(startOf(plain)), place + more.length);
  for (let number = 0; number < plain; number++) {
    words[listWords.starts + number] = startOf(number) + shift;
  }
  let start = 0;
  for (let number = 0; number < paths.length; number++) {
    words[listWords.starts + plain + number] = place + start;
    start = more.indexOf(0, start) + 1;
  }
  for (let number = plain; number < count; number++) {
    words[listWords.starts + paths.length + number] = startOf(number) + shift + more.length;
  }
  words[listWords.checksum] = wordsChecksum(words.subarray(listWords.files));
  return words;
}

/** Lists with more items in some rows, and more rows. */
function withReaders(
  { starts, items }: NumberLists,
  readers: ReadonlyMap<number, readonly number[]>,
  moreRows: number,
): NumberLists {
  const rows = starts.length - 1;
  const made = new Uint32Array(rows + moreRows + 1);
  let total = items.length;
  for (const more of readers.values()) total += more.length;
  const all = new Uint32Array(total);
  let at = 0;
  for (let row = 0; row < rows + moreRows; row++) {
    const own = row < rows ? items.subarray(starts[row], starts[row + 1]) : [];
    all.set(own, at);
    at += own.length;
    const more = readers.get(row);
    if (more !== undefined) {
      all.set(more, at);
      at += more.length;
    }
    made[row + 1] = at;
  }
  return { starts: made, items: all };
}
