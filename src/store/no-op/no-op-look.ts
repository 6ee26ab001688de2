import type { Files } from '../../host/host.ts';
import type { Signature } from '../format/file-content.ts';
import { type FileUses, listFormat, listMagic, listWords, proofFolder } from './no-op-proof.ts';
import { isStampOf, isStamps, stampPlace, stampSize, writeStamp } from './no-op-stamps.ts';

/** What was proved when nothing was to do, as it lies on the disk. */
export interface Proof {
  readonly uses: FileUses;
  /** The path of a file by its number. */
  readonly path: (file: number) => string;
  /** The number of a file that the proof knows and that is no link; made when first asked. */
  readonly number: (path: string) => number | undefined;
  /** The file `list` of the proof, and its checksum. */
  readonly list: Uint8Array;
  readonly checksum: number;
  /** The file `stamps` of the proof, and which of them the log's is, and the first of a file. */
  readonly stamps: Uint8Array;
  readonly log: { readonly number: number; readonly path: string };
  readonly graph: { readonly number: number; readonly path: string };
  readonly firstFile: number;
  /** Absolute. */
  readonly buildRoot: string;
  /** What `kaon` would have said, had nothing changed. */
  readonly says: string;
}

/** What the launcher saw when not all was as it had been, though kaon and the setup were. */
export interface Look extends Proof {
  /** Numbers of the files that changed. */
  readonly changed: readonly number[];
}

/** What stands in a `now` file before the numbers: magic, checksum of the list, count, the log's stamp. */
const nowBytes = 16 + stampSize;
const nowMagic = 'KAONLOOK';

/** Takes up what the launcher left for us; to be called under the lock. */
export function takeLook(files: Files, buildRoot: string, processId: number): Look | undefined {
  const at = `${buildRoot}/${proofFolder}/now.${processId}`;
  const bytes = files.readBytes(at);
  if (!bytes.ok) return undefined;
  const now = bytes.value;
  files.remove(at);
  const proof = readProof(files, buildRoot);
  if (proof === undefined) return undefined;
  const { log, checksum } = proof;
  const changed = readNow(now, checksum);
  const signature = files.stat(log.path);
  if (changed === undefined || signature === undefined || !isCurrent(files, proof))
    return undefined;
  return isStampOf(viewOf(now), nowBytes - stampSize, signature)
    ? { ...proof, changed }
    : undefined;
}

/** Whether a proof speaks of the graph and the log that are there: a setup or build since has changed these. */
export function isCurrent(files: Files, { log, graph, stamps }: Proof): boolean {
  return [log, graph].every(({ path, number }) => {
    const signature = files.stat(path);
    return signature !== undefined && isStampOf(viewOf(stamps), stampPlace(number), signature);
  });
}

/** The proof of a build directory; nothing where there is none. */
export function readProof(files: Files, buildRoot: string): Proof | undefined {
  const read = (name: string): Uint8Array | undefined => {
    const bytes = files.readBytes(`${buildRoot}/${proofFolder}/${name}`);
    return bytes.ok ? bytes.value : undefined;
  };
  const [list, stamps, uses] = [aligned(read('list')), read('stamps'), readUses(read('uses'))];
  if (list === undefined || stamps === undefined || uses === undefined) return undefined;
  const words = wordsOf(list);
  const word = (name: keyof typeof listWords): number => words[listWords[name]] ?? 0;
  const checksum = word('checksum');
  if (!startsWith(list, listMagic) || word('version') !== listFormat) return undefined;
  if (!isStamps(stamps, word('files'), checksum)) return undefined;
  const text = (start: number): string =>
    Buffer.from(list.buffer, list.byteOffset).toString('utf8', start, list.indexOf(0, start));
  const pathOf = (number: number): string => text(words[listWords.starts + number] ?? 0);
  const firstFile = word('setup');
  const named = (name: 'log' | 'graph') => ({ number: word(name), path: pathOf(word(name)) });
  const [log, graph] = [named('log'), named('graph')];
  let textsAt = (listWords.starts + word('files')) * 4;
  const [root = '', , says = ''] = Array.from({ length: 3 }, () => {
    const found = text(textsAt);
    textsAt = list.indexOf(0, textsAt) + 1;
    return found;
  });
  const path = (file: number): string => pathOf(firstFile + file);
  const plain = word('plain');
  let numbers: Map<string, number> | undefined;
  const number = (known: string): number | undefined => {
    if (numbers === undefined) {
      numbers = new Map();
      for (let file = 0; file + firstFile < plain; file++) numbers.set(path(file), file);
    }
    return numbers.get(known);
  };
  return {
    uses,
    path,
    number,
    list,
    checksum,
    stamps,
    log,
    graph,
    firstFile,
    buildRoot: root,
    says,
  };
}

function readNow(now: Uint8Array, list: number): readonly number[] | undefined {
  if (now.length < nowBytes || !startsWith(now, nowMagic)) return undefined;
  const words = wordsOf(now);
  const [, , of, count = 0] = words;
  const numbers = words.subarray(nowBytes / 4);
  return of === list && numbers.length === count ? [...numbers] : undefined;
}

function startsWith(bytes: Uint8Array, magic: string): boolean {
  return String.fromCharCode(...bytes.subarray(0, magic.length)) === magic;
}

/** A copy where bytes do not begin at a multiple of four, as typed arrays must. */
function aligned<T extends Uint8Array | undefined>(bytes: T): T | Uint8Array {
  return bytes === undefined || bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
}

function wordsOf(bytes: Uint8Array): Uint32Array {
  const at = aligned(bytes);
  return new Uint32Array(at.buffer, at.byteOffset, at.length >> 2);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function readUses(bytes: Uint8Array | undefined): FileUses | undefined {
  if (bytes === undefined || bytes.length < 20 || bytes.length % 4 !== 0) return undefined;
  const words = wordsOf(bytes);
  const lengths = words.subarray(0, 5);
  if (lengths.reduce((sum, length) => sum + length, lengths.length) !== words.length)
    return undefined;
  let at = lengths.length;
  const [userStarts, users, madeStarts, made, always] = Array.from(lengths, (length) => {
    at += length;
    return words.subarray(at - length, at);
  });
  if (!userStarts || !users || !madeStarts || !made || !always) {
    return undefined;
  }
  return {
    users: { starts: userStarts, items: users },
    made: { starts: madeStarts, items: made },
    always,
  };
}

/** Whether a file that a look knows has this signature, which it had then. */
export function isAsSeen({ stamps, firstFile }: Look, file: number, now: Signature): boolean {
  return isStampOf(viewOf(stamps), stampPlace(firstFile + file), now);
}

/** A file of a look as it is now. */
export interface Renewed {
  readonly file: number;
  readonly signature: Signature;
}

/** What changed since a look, where actions read more than they did then. */
export interface Grown {
  readonly look: Look;
  readonly renewed: readonly Renewed[];
  /** Files that the proof does not know; they get the numbers behind those that it knows. */
  readonly added: readonly { readonly path: string; readonly signature: Signature }[];
  /** The numbers of names that count in folders of headers, where these are other ones now. */
  readonly names?: Uint32Array;
  /** By the number of a file, who reads it now and did not. */
  readonly readers: ReadonlyMap<number, readonly number[]>;
}

/** Makes a proof of a look once what changed was built: only stamps of files are other ones. */
export function renewNoOpProof(
  files: Files,
  buildRoot: string,
  { look, renewed }: { readonly look: Look; readonly renewed: readonly Renewed[] },
): void {
  const stamps = renewedStamps(files, look, renewed);
  if (stamps !== undefined) files.replace(`${buildRoot}/${proofFolder}/stamps`, stamps);
}

/** The stamps of a look with those that are other ones now; nothing where some are not known. */
export function renewedStamps(
  files: Files,
  look: Look,
  renewed: readonly Renewed[],
): Uint8Array | undefined {
  const log = files.stat(look.log.path);
  const known = new Set(renewed.map(({ file }) => file));
  if (log === undefined || !look.changed.every((file) => known.has(file))) return undefined;
  const stamps = look.stamps.slice();
  const view = viewOf(stamps);
  writeStamp(view, look.log.number, log);
  for (const { file, signature } of renewed) writeStamp(view, look.firstFile + file, signature);
  return stamps;
}
