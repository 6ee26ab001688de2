import type { Files } from '../../host/host.ts';
import { checksum } from '../format/checksum.ts';
import type { StringHashes } from './string-numbers.ts';

/**
 * Where everything stands in the beginning of a log, so that a build which asks for little reads
 * little. It holds no truth of its own: without it the log is read from the start.
 *
 *     "KAONINDX"  version  checksum of all that follows  the log's checksum  numbers  lengths of arrays
 *     arrays, in the order of `arrayNames`
 */
export interface LogIndex extends IndexNumbers, IndexArrays {}

interface IndexNumbers {
  /** How much of the log it speaks of. */
  readonly logBytes: number;
  readonly records: number;
  /** As in Session. */
  readonly entries: number;
  readonly fileCount: number;
  readonly actionCount: number;
}

interface IndexArrays extends StringHashes {
  /** Where each row stands. */
  readonly strings: Uint32Array;
  readonly contents: Uint32Array;
  readonly commands: Uint32Array;
  /** By the string that is path or key; 0 for none. */
  readonly files: Uint32Array;
  readonly actions: Uint32Array;
  /** The string that is the path of each content. */
  readonly paths: Uint32Array;
  /** For each path's string, the number + 1 of its last content; for each content, that of the content before it. */
  readonly lastContents: Uint32Array;
  readonly earlierContents: Uint32Array;
}

const numberNames = ['logBytes', 'records', 'entries', 'fileCount', 'actionCount'] as const;
const arrayNames = [
  'strings',
  'contents',
  'commands',
  'files',
  'actions',
  'paths',
  'hashes',
  'table',
  'lastContents',
  'earlierContents',
] as const;

const magic = 'KAONINDX';
const version = 1;
/** In words of four bytes. */
const checksumAt = 3;
const bodyAt = 4;
const arraysAt = bodyAt + 1 + numberNames.length + arrayNames.length;

function indexPath(logPath: string): string {
  return `${logPath}.index`;
}

/** A log that has an index beside it. */
interface IndexedLog {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What was saved for the beginning of this very log. */
export function loadIndex(files: Files, log: IndexedLog): LogIndex | undefined {
  const read = files.readBytes(indexPath(log.path));
  if (!read.ok || read.value.length < arraysAt * 4 || read.value.length % 4 !== 0) return undefined;
  // A copy where it is not aligned for typed arrays.
  const bytes = read.value.byteOffset % 4 === 0 ? read.value : read.value.slice();
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  if (String.fromCharCode(...bytes.subarray(0, 8)) !== magic || words[2] !== version) {
    return undefined;
  }
  if (words[checksumAt] !== checksum(bytes.subarray(bodyAt * 4))) return undefined;
  let at = bodyAt + 1;
  const next = (): number => words[at++] ?? 0;
  const numbers = Object.fromEntries(numberNames.map((name) => [name, next()]));
  const lengths = arrayNames.map(next);
  const arrays = Object.fromEntries(
    arrayNames.map((name, number) => {
      at += lengths[number] ?? 0;
      return [name, words.subarray(at - (lengths[number] ?? 0), at)];
    }),
  );
  const index = { ...numbers, ...arrays } as unknown as LogIndex; // all names are there
  if (at !== words.length || index.logBytes > log.bytes.length) return undefined;
  return words[bodyAt] === checksum(log.bytes.subarray(0, index.logBytes)) ? index : undefined;
}

/** Where it cannot be written, all works without it. */
export function saveIndex(files: Files, log: IndexedLog, index: LogIndex): void {
  const arrays = arrayNames.map((name) => index[name]);
  const words = new Uint32Array(arrays.reduce((sum, { length }) => sum + length, arraysAt));
  const bytes = new Uint8Array(words.buffer);
  for (let at = 0; at < magic.length; at++) bytes[at] = magic.charCodeAt(at);
  words[2] = version;
  words[bodyAt] = checksum(log.bytes.subarray(0, index.logBytes));
  words.set(
    numberNames.map((name) => index[name]),
    bodyAt + 1,
  );
  words.set(
    arrays.map(({ length }) => length),
    bodyAt + 1 + numberNames.length,
  );
  let at = arraysAt;
  for (const array of arrays) {
    words.set(array, at);
    at += array.length;
  }
  words[checksumAt] = checksum(bytes.subarray(bodyAt * 4));
  files.replace(indexPath(log.path), bytes);
}

/** The contents of each path, the last first. */
export function contentChains(
  paths: Uint32Array,
  strings: number,
  older?: Pick<IndexArrays, 'lastContents' | 'earlierContents'>,
): Pick<IndexArrays, 'lastContents' | 'earlierContents'> {
  const lastContents = new Uint32Array(strings);
  const earlierContents = new Uint32Array(paths.length);
  lastContents.set(older?.lastContents ?? []);
  earlierContents.set(older?.earlierContents ?? []);
  for (let id = older?.earlierContents.length ?? 0; id < paths.length; id++) {
    const path = paths[id] as number; // there is one of each
    earlierContents[id] = lastContents[path] ?? 0;
    lastContents[path] = id + 1;
  }
  return { lastContents, earlierContents };
}
