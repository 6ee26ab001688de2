import type { Environment } from '../../base/environment.ts';
import { ok, type Result } from '../../base/result.ts';
import type { FileFault, Files } from '../../host/host.ts';
import type { Signature } from '../format/file-content.ts';
import type { NumberLists } from '../format/number-lists.ts';
import { type Stamped, stampBytes, writeStamp } from './no-op-stamps.ts';

/** A file whose signature tells that it holds what it held when all was up to date. */
export interface SeenFile {
  /** Absolute, or relative to the build directory. */
  readonly path: string;
  /** Nothing where there was no file. */
  readonly signature: Signature | undefined;
  /** The signature is that of a link, not of what it leads to. */
  readonly isLink?: boolean;
}

/** A folder where headers are looked for. As long as its list of names is the same, no header was added. */
export interface ProvedFolder {
  readonly path: string;
  /** "ctime inode" while which the names are those; empty where that cannot be said. */
  readonly stamp: string;
  /** One number for all names: listed-folders.ts makes it. */
  readonly names: number;
}

/** A command that runs each time and makes nothing but what it says. */
export interface Captured {
  /** Relative to the build directory, where it runs. */
  readonly output: string;
  readonly argv: readonly string[];
}

/**
 * While all this is as it was, there is nothing to build. The launcher (`bin/kaon`) looks for itself
 * and answers without starting Node.
 */
export interface NoOpProof {
  readonly buildRoot: string;
  /** What the setup came from and left, and kaon itself. */
  readonly setup: readonly SeenFile[];
  readonly folders: readonly ProvedFolder[];
  /** The numbers of names that count there. */
  readonly names: Uint32Array;
  /** What the actions read and made. */
  readonly files: readonly SeenFile[];
  /** Which actions these files concern. */
  readonly uses: FileUses;
  /** All that runs each time, if the launcher can see by itself that it makes what is there. */
  readonly captured: readonly Captured[] | undefined;
  /** Variables that decide what is built. */
  readonly variables: readonly string[];
  readonly environment: Environment;
  /** The program that wrote this; another kaon does not believe it. */
  readonly program: string;
  /** What `kaon` says when there is nothing to do; one line. */
  readonly says: string;
  /** The log and the graph: paths in `setup`. */
  readonly log: string;
  readonly graph: string;
}

/** Files by their number in `files` of a proof, actions by their number in the graph. */
export interface FileUses {
  /** Of each file the actions that read or make it. */
  readonly users: NumberLists;
  /** Of each action the files that it makes. */
  readonly made: NumberLists;
  /** Actions that run each time. */
  readonly always: Uint32Array;
}

/** What is in the beginning of `list`, in words of four bytes; `bin/look.c` reads the same. */
export const listWords = {
  version: 2,
  checksum: 3,
  files: 4,
  /** How many of them are files or folders; the rest are links or were missing. */
  plain: 5,
  /** So many of those are not of the actions. */
  setup: 6,
  /** Which files the log and the graph are. */
  log: 7,
  graph: 8,
  variables: 9,
  /** How many actions run each time. */
  always: 10,
  /** How many of them are in `captured`; where it is not all, node runs them. */
  captured: 11,
  /** How many of the last files that are not of the actions are folders of headers; in place of a size, their stamps have the number of their names. */
  folders: 12,
  starts: 13,
} as const;
/** How the file `list` begins; `bin/look.c` looks for the same. */
export const listMagic = 'KAONLIST';
/** The version of that list's format. */
export const listFormat = 3;
/** Where a proof lies, below the build directory. */
export const proofFolder = 'meson-private/kaon-noop';

/**
 * Writes what `bin/look.c` reads, the launcher's eye:
 *
 *     list    which files; what stands in its first words is in `listWords`, then where each path
 *             starts, then the build directory, the program, what to say, variables, paths, each
 *             with a NUL behind it
 *     captured  of each command how many words it has, what it makes and the words, each with a NUL behind
 *     stamps  what `stat` says of them, as src/store/no-op/no-op-stamps.ts tells
 *     names   how many names of headers count, and their numbers, as listed-folders.ts makes them
 *     uses    FileUses, as five arrays after their lengths; numbers are those of files behind `setup`
 *
 * Where it is not compiled, `find` is the eye and gets text instead: src/store/no-op/no-op-text.ts.
 */
export function writeNoOpProof(files: Files, proof: NoOpProof): Result<void, FileFault> {
  const at = `${proof.buildRoot}/${proofFolder}`;
  const made = clearProof(files, proof.buildRoot);
  if (!made.ok) return made;
  const names = writeNames(files, proof.buildRoot, proof.names);
  if (!names.ok) return names;
  // First, as their stamps are among them.
  const uses = files.write(`${at}/uses`, usesBytes(proof.uses));
  if (!uses.ok) return uses;
  const captured = files.write(`${at}/captured`, capturedText(proof.captured ?? []));
  if (!captured.ok) return captured;
  const own = ownFiles.map(
    (name): SeenFile => ({
      path: `${proofFolder}/${name}`,
      signature: files.stat(`${at}/${name}`),
    }),
  );
  const isPlain = ({ signature, isLink }: SeenFile): boolean =>
    signature !== undefined && isLink !== true;
  const setup = [...own, ...proof.setup];
  const seen = [...setup, ...proof.files];
  const all = [
    ...setup.filter(isPlain),
    ...proof.folders.map(asSeen),
    ...proof.files.filter(isPlain),
    ...seen.filter((file) => !isPlain(file)),
  ];
  const list = listBytes(proof, all, {
    plain: proof.folders.length + seen.filter(isPlain).length,
    setup: proof.folders.length + setup.filter(isPlain).length,
  });
  if (list === undefined) return ok(undefined);
  const written = files.write(`${at}/list`, new Uint8Array(list.buffer));
  if (!written.ok) return written;
  const stamps = stampBytes(all.length, list[listWords.checksum] ?? 0);
  const view = new DataView(stamps.buffer);
  for (const [number, { signature }] of all.entries()) {
    if (signature !== undefined) writeStamp(view, number, signature);
  }
  return files.replace(`${at}/stamps`, stamps);
}

/** Of the proof itself, in the order of their stamps; before they were written there was none. */
const ownFiles = ['uses', 'captured', 'names'];
/** Which of the stamps are those of the proof's own files. */
export const ownNumbers = { uses: 0, names: 2 } as const;

/** The file `names` of a proof: numbers that stand for names of headers. */
export function writeNames(
  files: Files,
  buildRoot: string,
  names: Uint32Array,
): Result<void, FileFault> {
  // A number before them: nobody can look into an empty file.
  const words = new Uint32Array(names.length + 1);
  words[0] = names.length;
  words.set(names, 1);
  return files.write(`${buildRoot}/${proofFolder}/names`, new Uint8Array(words.buffer));
}

function asSeen({ path, stamp, names }: ProvedFolder): StampedFile {
  const [ctimeNs = 0n, inode = 0n] = stamp === '' ? [] : stamp.split(' ').map(BigInt);
  return { path, signature: { ctimeNs, inode, size: names } };
}

interface StampedFile {
  readonly path: string;
  readonly signature: Stamped | undefined;
}

/** Nothing where something is not to be said so. */
function listBytes(
  proof: NoOpProof,
  all: readonly StampedFile[],
  { plain, setup }: { readonly plain: number; readonly setup: number },
): Uint32Array | undefined {
  const { buildRoot, program, says, variables } = proof;
  const log = all.findIndex(({ path }) => path === proof.log);
  const graph = all.findIndex(({ path }) => path === proof.graph);
  const texts = [buildRoot, program, says, ...valueLines(proof)];
  if (log < 0 || graph < 0 || texts.some((text) => text.includes('\0'))) return undefined;
  const head = Buffer.from(texts.map((text) => `${text}\0`).join(''));
  const before = (listWords.starts + all.length) * 4 + head.length;
  // One by one: all at once are many times as much for a moment.
  let length = before;
  for (const { path } of all) length += Buffer.byteLength(path) + 1;
  const words = new Uint32Array(Math.ceil(length / 4));
  const bytes = Buffer.from(words.buffer);
  bytes.write(listMagic);
  const { uses, captured, folders } = proof;
  const runs = [uses.always.length, captured?.length ?? 0, folders.length];
  words.set([listFormat, 0, all.length, plain, setup, log, graph, variables.length, ...runs], 2);
  bytes.set(head, before - head.length);
  let start = before;
  for (const [number, { path }] of all.entries()) {
    words[listWords.starts + number] = start;
    start += bytes.write(path, start) + 1;
  }
  words[listWords.checksum] = wordsChecksum(words.subarray(listWords.files));
  return words;
}

/** FNV-1a, a word at a time: any one word that is another gives another number. */
export function wordsChecksum(words: Uint32Array | Uint8Array): number {
  let sum = 0x811c9dc5;
  for (let at = 0; at < words.length; at++) {
    sum = Math.imul(sum ^ (words[at] as number), 0x01000193); // there is a number at each place
  }
  return sum >>> 0;
}

/** The same a byte at a time, in eight digits; `bin/redo.c` writes and reads such. */
export function bytesChecksum(bytes: Uint8Array): string {
  return wordsChecksum(bytes).toString(16).padStart(8, '0');
}

function capturedText(captured: readonly Captured[]): string {
  const words = captured.flatMap(({ output, argv }) => [String(argv.length), output, ...argv]);
  return words.map((word) => `${word}\0`).join('');
}

/** The file `uses`. */
export function usesBytes({ users, made, always }: FileUses): Uint8Array {
  const parts = [users.starts, users.items, made.starts, made.items, always];
  const words = new Uint32Array(parts.reduce((sum, part) => sum + part.length, parts.length));
  let at = parts.length;
  for (const [number, part] of parts.entries()) {
    words[number] = part.length;
    words.set(part, at);
    at += part.length;
  }
  return new Uint8Array(words.buffer);
}

/** Makes room for a new proof; what launchers saw whose Node did not come to read it goes, too. */
export function clearProof(files: Files, buildRoot: string): Result<void, FileFault> {
  removeNoOpProof(files, buildRoot);
  const at = `${buildRoot}/${proofFolder}`;
  const names = files.list(at);
  if (!names.ok) return files.makeDirectory(at);
  for (const name of names.value) if (name.startsWith('now.')) files.remove(`${at}/${name}`);
  return ok(undefined);
}

/** To be called before anything is built: a proof speaks of what was. */
export function removeNoOpProof(files: Files, buildRoot: string): void {
  for (const name of ['stamps', 'seen']) files.remove(`${buildRoot}/${proofFolder}/${name}`);
}

/** `NAME=value`, or `NAME` alone for one that is not set. */
export function valueLines({ variables, environment }: NoOpProof): readonly string[] {
  return variables.map((name) => {
    const value = environment[name];
    return value === undefined ? name : `${name}=${value}`;
  });
}
