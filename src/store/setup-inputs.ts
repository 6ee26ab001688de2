import type { Files } from '../host/host.ts';
import { hashBytes, hexOf } from './file-content.ts';

/** A file that a setup read, and what it held; no hash where there was no file. */
export interface SetupInput {
  readonly path: string;
  readonly hash?: string;
  /** Saves reading the file while it stays the same. */
  readonly stamp?: string;
}

export function readInputs(files: Files, paths: Iterable<string>): readonly SetupInput[] {
  return [...new Set(paths)].map((path) => readInput(files, path));
}

/** The first input that is not as it was; undefined when all are. */
export function changedInput(files: Files, inputs: readonly SetupInput[]): string | undefined {
  return inputs.find((old) => {
    if (old.stamp !== undefined && old.stamp === stampOf(files, old.path)) return false;
    return readInput(files, old.path).hash !== old.hash;
  })?.path;
}

function readInput(files: Files, path: string): SetupInput {
  const stamp = stampOf(files, path);
  const bytes = files.readBytes(path);
  if (!bytes.ok) return { path };
  const hash = hexOf(hashBytes(bytes.value));
  return { path, hash, ...(stamp !== undefined && { stamp }) };
}

function stampOf(files: Files, path: string): string | undefined {
  const stat = files.stat(path);
  if (stat === undefined) return undefined;
  return [stat.size, stat.mtimeNs, stat.ctimeNs, stat.inode].join(' ');
}
