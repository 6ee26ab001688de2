import { posix } from 'node:path';
import { pathBelow } from '../base/path-below.ts';
import type { Result } from '../base/result.ts';
import type { FileFault, Files } from '../host/host.ts';
import type { FileRef } from '../model/file.ts';
import type { Evaluation } from './evaluation.ts';

/** Evaluates again when a file changes: one that a command read or ran, by its absolute path. */
export function watchFile({ host, sourceRoot, buildRoot, tables }: Evaluation, file: string): void {
  if (file.startsWith('/dev/')) return;
  // What this setup makes is there the next time: that must make no difference to it.
  if (file.startsWith(`${buildRoot}/`) && isReallyIn(host.files, file, buildRoot)) return;
  if (!host.files.isFile(file)) return;
  const real = host.files.realPath(file);
  const path = real.ok ? real.value : file;
  if (path.startsWith(`${buildRoot}/`)) return;
  tables.buildFiles.set(path, { tree: 'source', path: pathBelow(sourceRoot, path) ?? path });
}

function isReallyIn(files: Files, file: string, folder: string): boolean {
  const parent = files.realPath(posix.dirname(file));
  const isInside = !parent.ok || `${parent.value}/`.startsWith(`${folder}/`);
  return isInside && !files.readLink(file).ok;
}

/** The text of a file whose change asks for evaluating again: what was read here is what a change is told by. */
export function readWatched(
  { host, tables }: Evaluation,
  path: string,
  file: FileRef = { tree: 'source', path },
): Result<string, FileFault> {
  const text = host.files.readText(path);
  if (!text.ok) return text;
  tables.buildFiles.set(path, file);
  tables.buildTexts.set(path, text.value);
  return text;
}
