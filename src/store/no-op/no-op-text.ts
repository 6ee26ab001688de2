import { ok, type Result } from '../../base/result.ts';
import type { FileFault, Files } from '../../host/host.ts';
import type { Signature } from '../format/file-content.ts';
import {
  clearProof,
  type NoOpProof,
  proofFolder,
  type SeenFile,
  valueLines,
} from './no-op-proof.ts';

/** What a proof for `find` consists of beside `seen`, and proves of itself. */
const ownFiles = ['paths', 'places', 'key'];

/**
 * A proof as text, for a launcher that has nothing but `find` and `cmp`:
 *
 *     paths   the files, each with a NUL behind it, the first of them these three themselves
 *     places  those that were links or not there
 *     key     variables, program, what to say: a line each
 *     seen    the build directory, the variables' values, and what `find` prints of both lists
 *
 * What does not fit into lines is not written: the launcher then starts Node. Folders of headers are not
 * among the files: where kaon was built without a C compiler there are none.
 */
export function writeFindProof(files: Files, proof: NoOpProof): Result<void, FileFault> {
  const at = `${proof.buildRoot}/${proofFolder}`;
  const cleared = clearProof(files, proof.buildRoot);
  if (!cleared.ok) return cleared;
  const lists = listsOf(proof);
  const key = [proof.variables.join(' '), proof.program, proof.says];
  const values = valueLines(proof);
  const lines = [proof.buildRoot, ...key, ...values];
  if (lines.some((line) => line.includes('\n')) || !proof.variables.every(isName)) {
    return ok(undefined);
  }
  const list = (paths: readonly string[]): string => paths.map((path) => `${path}\0`).join('');
  const contents = [list(lists.plain), list(lists.places), `${key.join('\n')}\n`];
  for (const [number, name] of ownFiles.entries()) {
    const written = files.write(`${at}/${name}`, contents[number] ?? '');
    if (!written.ok) return written;
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
}

function listsOf({ setup, files }: NoOpProof): Lists {
  const plain = ownFiles.map((name) => `${proofFolder}/${name}`);
  const stamps: string[] = [];
  const places: string[] = [];
  const placeStamps: string[] = [];
  const add = ({ path, signature, isLink }: SeenFile): void => {
    // What begins with a dash would be an option of find.
    const name = path.startsWith('-') ? `./${path}` : path;
    if (signature !== undefined && isLink !== true) {
      plain.push(name);
      stamps.push(stamp(signature));
    } else {
      places.push(name);
      if (signature !== undefined) placeStamps.push(`${name} ${stamp(signature)}`);
    }
  };
  for (const file of setup) add(file);
  for (const file of files) add(file);
  return { plain, stamps, places, placeStamps };
}

function isName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name);
}

/** As find prints `%C@ %i %s`. */
function stamp({ ctimeNs, inode, size }: Signature): string {
  const fraction = String(ctimeNs % 1_000_000_000n).padStart(9, '0');
  return `${ctimeNs / 1_000_000_000n}.${fraction}0 ${inode} ${size}`;
}
