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
  readonly files: readonly SeenFile[];
  /** Variables that decide what is built. */
  readonly variables: readonly string[];
  readonly environment: Environment;
  /** The program that wrote this; another kaon does not believe it. */
  readonly program: string;
  /** What `kaon` says when there is nothing to do; one line. */
  readonly says: string;
}

const folder = 'meson-private/kaon-noop';

/**
 * Writes what the launcher reads:
 *
 *     paths   the files, each with a NUL behind it, the first of them this list itself
 *     places  those that were links or not there
 *     key     variables, program, what to say: a line each
 *     seen    the build directory, the variables' values, and what `find` prints of both lists
 *
 * What does not fit into lines is not written: the launcher then starts Node.
 */
export function writeNoOpProof(files: Files, proof: NoOpProof): Result<void, FileFault> {
  removeNoOpProof(files, proof.buildRoot);
  const key = [proof.variables.join(' '), proof.program, proof.says];
  const values = valueLines(proof);
  const rows = proof.files.filter(({ path }) => path !== '');
  const lines = [proof.buildRoot, ...key, ...values];
  if (lines.some((line) => line.includes('\n')) || !proof.variables.every(isName))
    return ok(undefined);
  const plain: string[] = [`${folder}/paths`];
  const stamps: string[] = [];
  const places: string[] = [];
  const placeStamps: string[] = [];
  for (const { path, signature, isLink } of rows) {
    // What begins with a dash would be an option of find.
    const name = path.startsWith('-') ? `./${path}` : path;
    if (signature !== undefined && isLink !== true) {
      plain.push(name);
      stamps.push(stamp(signature));
    } else {
      places.push(name);
      if (signature !== undefined) placeStamps.push(`${name} ${stamp(signature)}`);
    }
  }
  const at = `${proof.buildRoot}/${folder}`;
  const write = (name: string, text: string): Result<void, FileFault> =>
    files.write(`${at}/${name}`, text);
  const list = (paths: readonly string[]): string => paths.map((path) => `${path}\0`).join('');
  for (const step of [
    () => files.makeDirectory(at),
    () => write('paths', list(plain)),
    () => write('places', list(places)),
    () => write('key', `${key.join('\n')}\n`),
  ]) {
    const done = step();
    if (!done.ok) return done;
  }
  const own = files.stat(`${at}/paths`);
  if (own === undefined) return ok(undefined);
  const seen = [proof.buildRoot, ...values, ...placeStamps, stamp(own), ...stamps];
  return files.replace(`${at}/seen`, `${seen.join('\n')}\n`);
}

/** To be called before anything is built: a proof speaks of what was. */
export function removeNoOpProof(files: Files, buildRoot: string): void {
  files.remove(`${buildRoot}/${folder}/seen`);
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
function stamp({ ctimeNs, inode, size }: Signature): string {
  const fraction = String(ctimeNs % 1_000_000_000n).padStart(9, '0');
  return `${ctimeNs / 1_000_000_000n}.${fraction}0 ${inode} ${size}`;
}
