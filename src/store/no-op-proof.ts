import type { Environment } from '../base/environment.ts';
import { ok, type Result } from '../base/result.ts';
import type { FileFault, Files } from '../host/host.ts';
import type { Signature } from './file-content.ts';

/** A file whose signature tells that it holds what it held when all was up to date. */
export interface SeenFile {
  /** Absolute, or relative to the build directory. */
  readonly path: string;
  /** Nothing where there was no file. */
  readonly signature: Signature | undefined;
  /** The signature is that of a link, not of what it leads to. */
  readonly isLink?: boolean;
}

/**
 * While all this is as it was, there is nothing to build. The launcher (`bin/kaon`) looks for itself
 * and answers without starting Node.
 */
export interface NoOpProof {
  readonly buildRoot: string;
  /** What the setup came from and left, and kaon itself. */
  readonly setup: readonly SeenFile[];
  /** What the actions read and made. */
  readonly files: readonly SeenFile[];
  /** Which actions these files concern. */
  readonly uses: FileUses;
  /** Variables that decide what is built. */
  readonly variables: readonly string[];
  readonly environment: Environment;
  /** The program that wrote this; another kaon does not believe it. */
  readonly program: string;
  /** What `kaon` says when there is nothing to do; one line. */
  readonly says: string;
}

/** Lists of numbers, one for each of some rows: row `at` has the items from `starts[at]` to `starts[at + 1]`. */
export interface NumberLists {
  readonly starts: Uint32Array;
  readonly items: Uint32Array;
}

/** Files by their number in `files` of a proof, actions by their number in the graph. */
export interface FileUses {
  /** Of each file the actions that read or make it. */
  readonly users: NumberLists;
  /** Of each action the files that it makes. */
  readonly made: NumberLists;
}

export const proofFolder = 'meson-private/kaon-noop';
/** What a proof consists of, and proves of itself. */
const ownFiles = ['paths', 'places', 'key', 'uses'];

/**
 * Writes what the launcher reads:
 *
 *     paths   the files, each with a NUL behind it, the first of them these four themselves
 *     places  those that were links or not there
 *     key     variables, program, what to say, how many of `paths` are not of the actions: a line each
 *     seen    the build directory, the variables' values, and what `find` prints of both lists
 *     uses    FileUses, as four arrays after their lengths; numbers are of files that are in `paths`
 *
 * What does not fit into lines is not written: the launcher then starts Node.
 */
export function writeNoOpProof(files: Files, proof: NoOpProof): Result<void, FileFault> {
  removeNoOpProof(files, proof.buildRoot);
  const lists = listsOf(proof);
  const count = lists.setupCount;
  const key = [proof.variables.join(' '), proof.program, proof.says, `${count}`];
  const values = valueLines(proof);
  const lines = [proof.buildRoot, ...key, ...values];
  if (lines.some((line) => line.includes('\n')) || !proof.variables.every(isName)) {
    return ok(undefined);
  }
  const at = `${proof.buildRoot}/${proofFolder}`;
  removeLooks(files, at);
  const write = (name: string, content: string | Uint8Array): Result<void, FileFault> =>
    files.write(`${at}/${name}`, content);
  const list = (paths: readonly string[]): string => paths.map((path) => `${path}\0`).join('');
  for (const step of [
    () => files.makeDirectory(at),
    () => write('paths', list(lists.plain)),
    () => write('places', list(lists.places)),
    () => write('key', `${key.join('\n')}\n`),
    () => write('uses', usesBytes(proof.uses)),
  ]) {
    const done = step();
    if (!done.ok) return done;
  }
  const own = ownFiles.flatMap((name) => {
    const signature = files.stat(`${at}/${name}`);
    return signature === undefined ? [] : [stamp(signature)];
  });
  const seen = [proof.buildRoot, ...values, ...lists.placeStamps, ...own, ...lists.stamps];
  return files.replace(`${at}/seen`, `${seen.join('\n')}\n`);
}

interface Lists {
  readonly plain: string[];
  /** Of all of `plain` but `ownFiles`, which stand first. */
  readonly stamps: string[];
  readonly places: string[];
  readonly placeStamps: string[];
  /** How many of `plain` are not of the actions. */
  readonly setupCount: number;
}

function listsOf({ setup, files }: NoOpProof): Lists {
  const plain = ownFiles.map((name) => `${proofFolder}/${name}`);
  const stamps: string[] = [];
  const places: string[] = [];
  const placeStamps: string[] = [];
  const add = ({ path, signature, isLink }: SeenFile): void => {
    const name = nameInList(path);
    if (signature !== undefined && isLink !== true) {
      plain.push(name);
      stamps.push(stamp(signature));
    } else {
      places.push(name);
      if (signature !== undefined) placeStamps.push(`${name} ${stamp(signature)}`);
    }
  };
  for (const file of setup) add(file);
  const setupCount = plain.length;
  for (const file of files) add(file);
  return { plain, stamps, places, placeStamps, setupCount };
}

/** What begins with a dash would be an option of find. */
export function nameInList(path: string): string {
  return path.startsWith('-') ? `./${path}` : path;
}

function usesBytes({ users, made }: FileUses): Uint8Array {
  const parts = [users.starts, users.items, made.starts, made.items];
  const words = new Uint32Array(4 + parts.reduce((sum, part) => sum + part.length, 0));
  let at = 4;
  for (const [number, part] of parts.entries()) {
    words[number] = part.length;
    words.set(part, at);
    at += part.length;
  }
  return new Uint8Array(words.buffer);
}

/** What launchers saw whose Node did not come to read it. */
function removeLooks(files: Files, at: string): void {
  const names = files.list(at);
  if (!names.ok) return;
  for (const name of names.value) if (name.startsWith('now.')) files.remove(`${at}/${name}`);
}

/** To be called before anything is built: a proof speaks of what was. */
export function removeNoOpProof(files: Files, buildRoot: string): void {
  files.remove(`${buildRoot}/${proofFolder}/seen`);
}

/** `NAME=value`, or `NAME` alone for one that is not set. */
function valueLines({ variables, environment }: NoOpProof): readonly string[] {
  return variables.map((name) => {
    const value = environment[name];
    return value === undefined ? name : `${name}=${value}`;
  });
}

function isName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name);
}

/** As find prints `%C@ %i %s`. */
export function stamp({ ctimeNs, inode, size }: Signature): string {
  const fraction = String(ctimeNs % 1_000_000_000n).padStart(9, '0');
  return `${ctimeNs / 1_000_000_000n}.${fraction}0 ${inode} ${size}`;
}
