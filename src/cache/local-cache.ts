import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { parseJson } from '../base/parse-json.ts';
import type { FileStat, Files, Host } from '../host/host.ts';
import { sameStat } from '../host/same-stat.ts';
import type { ActionCache, ActionResult, Digest, OutputFile } from './action-cache.ts';

/** Changes when what is written below changes its meaning. */
const version = 'v1';

/**
 * A cache in a folder of the user. Each entry is written beside its place and renamed, so several builds
 * share it; what is damaged is removed and counts as absent.
 */
export function localCache(host: Host, folder: string): ActionCache {
  const { files } = host;
  const root = `${folder}/${version}`;
  const place = (kind: 'ac' | 'cas', { hash }: Digest): string =>
    `${root}/${kind}/${hash.slice(0, 2)}/${hash}`;
  return {
    result: async (action) => {
      const path = place('ac', action);
      // Mostly there is none, and to read what is not there costs more than to look.
      const text = files.isFile(path) ? files.readText(path) : undefined;
      if (text?.ok !== true) return undefined;
      const result = readResult(text.value);
      if (result === undefined) files.remove(path);
      else files.setTimes(path, host.clock.nowMs());
      return result;
    },
    remember: async (action, result) => {
      const path = place('ac', action);
      if (files.makeDirectory(posix.dirname(path)).ok) files.replace(path, JSON.stringify(result));
    },
    takeIn: async (digest, from, seen) => {
      const path = place('cas', digest);
      if (files.isFile(path)) return true;
      if (!files.makeDirectory(posix.dirname(path)).ok) return false;
      const beside = `${path}.${host.system.processId}`;
      if (!files.copy(from, beside).ok) return false;
      files.setMode(beside, 0o444);
      // It may have changed since it was digested.
      const isWhole = isStill(files, from, seen)
        ? files.stat(beside)?.size === digest.sizeBytes
        : holds(files, beside, digest);
      if (isWhole && files.rename(beside, path).ok) return true;
      files.remove(beside);
      return false;
    },
    giveOut: async (file, to) => giveOut(host, place('cas', file.digest), { file, to }),
  };
}

function giveOut(
  { files, clock }: Host,
  path: string,
  { file, to }: { readonly file: OutputFile; readonly to: string },
): boolean {
  if (!files.isFile(path) || !files.makeDirectory(posix.dirname(to)).ok) return false;
  // A link or a folder at the place would get in the way.
  files.remove(to);
  // Not beside it: a kill would leave that behind, while half an output is made anew in any case.
  if (!files.copy(path, to).ok) return false;
  if (!holds(files, to, file.digest)) {
    files.remove(to);
    files.remove(path);
    return false;
  }
  files.setMode(to, file.isExecutable ? 0o755 : 0o644);
  // What was used last goes last.
  files.setTimes(path, clock.nowMs());
  return true;
}

function isStill(files: Files, path: string, seen: FileStat | undefined): boolean {
  const now = files.stat(path);
  return seen !== undefined && now !== undefined && sameStat(now, seen);
}

function holds(files: Files, path: string, { hash, sizeBytes }: Digest): boolean {
  if (files.stat(path)?.size !== sizeBytes) return false;
  const now = createHash('sha256');
  return files.readPieces(path, (piece) => now.update(piece)).ok && now.digest('hex') === hash;
}

/** The text may be damaged, or written by someone else. */
function readResult(text: string): ActionResult | undefined {
  const told = parseJson(text);
  return isResult(told) ? told : undefined;
}

function isResult(told: unknown): told is ActionResult {
  if (typeof told !== 'object' || told === null) return false;
  if (!('outputFiles' in told) || !('stdoutRaw' in told)) return false;
  const { outputFiles, stdoutRaw } = told;
  if ('stderrRaw' in told && typeof told.stderrRaw !== 'string') return false;
  return typeof stdoutRaw === 'string' && Array.isArray(outputFiles) && outputFiles.every(isOutput);
}

function isOutput(told: unknown): told is OutputFile {
  if (typeof told !== 'object' || told === null) return false;
  if (!('path' in told) || !('digest' in told) || !('isExecutable' in told)) return false;
  const { path, digest, isExecutable } = told;
  if (typeof digest !== 'object' || digest === null) return false;
  return (
    typeof path === 'string' &&
    typeof isExecutable === 'boolean' &&
    'hash' in digest &&
    typeof digest.hash === 'string' &&
    /^[0-9a-f]{64}$/.test(digest.hash) &&
    'sizeBytes' in digest &&
    typeof digest.sizeBytes === 'number'
  );
}
