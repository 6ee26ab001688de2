import type { Files } from '../../host/host.ts';
import { askedToBeThere, whetherThere } from '../../model/file.ts';
import { hashBytes, hexOf, isSettled, type Signature } from '../format/file-content.ts';
import type { SeenFile } from '../no-op/no-op-proof.ts';

/**
 * A file that a setup read, and what it held, or a folder that it looked through, and which folders
 * and sources of crates were in it; no hash where there was neither.
 */
export interface SetupInput {
  readonly path: string;
  readonly hash?: string;
  /** Saves reading the file while it stays the same; absent where a later change might not show in it. */
  readonly stamp?: string;
}

/** What the setup read already, and when: since it started. */
export interface ReadEarlier {
  /** By absolute path. */
  readonly texts: ReadonlyMap<string, string>;
  readonly startedMs: number;
}

interface ReadingTime {
  readonly nowMs: number;
  readonly earlier?: ReadEarlier;
}

/** What a setup read, each path once, as it is at `nowMs`; of a text that was read earlier, that text. */
export function readInputs(
  files: Files,
  paths: Iterable<string>,
  { nowMs, earlier }: ReadingTime,
): readonly SetupInput[] {
  return [...new Set(paths)].map((path) => {
    const asked = askedToBeThere(path);
    if (asked !== undefined) return presenceOf(files, asked);
    const text = earlier?.texts.get(path);
    if (earlier === undefined || text === undefined) return readInput(files, path, nowMs);
    // A file that was edited meanwhile has a stamp later than the start, which is not kept.
    return inputOf(path, text, settledStamp(files.stat(path), earlier.startedMs));
  });
}

/** The file or folder that an input is about. */
export function inputPath({ path }: SetupInput): string {
  return askedToBeThere(path) ?? path;
}

/** An input that is other than what the setup read, whatever it holds: the next command sets up anew. */
export function unknownInput({ path }: SetupInput): SetupInput {
  return { path, hash: 'edited meanwhile' };
}

/** The inputs as they are now; the very same list where nothing changed. */
export function refreshedInputs(
  files: Files,
  inputs: readonly SetupInput[],
  nowMs: number,
): readonly SetupInput[] {
  if (changedInput(files, inputs) === undefined) return inputs;
  return inputs.flatMap((old) =>
    old.stamp !== undefined && old.stamp === stampOf(files, old.path)
      ? [old]
      : readInputs(files, [old.path], { nowMs }),
  );
}

/** The first input that is not as it was; undefined when all are. */
export function changedInput(files: Files, inputs: readonly SetupInput[]): string | undefined {
  return inputs.find((old) => {
    if (old.stamp !== undefined && old.stamp === stampOf(files, old.path)) return false;
    return !isAsItWas(files, old);
  })?.path;
}

/** The inputs with their signatures, provided that they are what they were and that later changes are bound to show. */
export function unchangedInputs(
  files: Files,
  inputs: readonly SetupInput[],
  nowMs: number,
): readonly SeenFile[] | undefined {
  const seen: SeenFile[] = [];
  for (const input of inputs) {
    const { path, stamp } = input;
    const asked = askedToBeThere(path);
    if (asked !== undefined) {
      if (!isAsItWas(files, input)) return undefined;
      // One that is there and concerns the build is among what its actions read.
      if (input.hash === undefined) seen.push({ path: asked, signature: undefined });
      continue;
    }
    const signature = files.stat(path);
    if (signature !== undefined && !isSettled(signature, nowMs)) return undefined;
    if ((stamp === undefined || stamp !== stampText(signature)) && !isAsItWas(files, input))
      return undefined;
    seen.push({ path, signature });
  }
  return seen;
}

function isAsItWas(files: Files, { path, hash }: SetupInput): boolean {
  const asked = askedToBeThere(path);
  const now = asked === undefined ? readInput(files, path) : presenceOf(files, asked);
  return now.hash === hash;
}

/** Of a file that counts only for being there. */
function presenceOf(files: Files, path: string): SetupInput {
  return { path: whetherThere(path), ...(files.exists(path) && { hash: 'there' }) };
}

/** Without a time the stamp is left out: who asks compares content. */
function readInput(files: Files, path: string, nowMs?: number): SetupInput {
  const stamp = nowMs === undefined ? undefined : settledStamp(files.stat(path), nowMs);
  const bytes = files.readBytes(path);
  if (bytes.ok) return inputOf(path, bytes.value, stamp);
  return files.isDirectory(path) ? inputOf(path, namesIn(files, path), stamp) : { path };
}

/** What an editor puts beside a source for a moment does not count. */
function namesIn(files: Files, folder: string): string {
  const listed = files.list(folder);
  const names = (listed.ok ? listed.value : []).filter(
    (name) => name.endsWith('.rs') || files.isDirectory(`${folder}/${name}`),
  );
  return names.sort().join('\n');
}

function inputOf(path: string, held: string | Uint8Array, stamp: string | undefined): SetupInput {
  return { path, hash: hexOf(hashBytes(held)), ...(stamp !== undefined && { stamp }) };
}

function settledStamp(signature: Signature | undefined, readMs: number): string | undefined {
  return signature !== undefined && isSettled(signature, readMs) ? stampText(signature) : undefined;
}

/** Undefined for a file that is not there, or where a later change might not show in it. */
export function settledStampOf(files: Files, path: string, nowMs: number): string | undefined {
  return settledStamp(files.stat(path), nowMs);
}

/**
 * Size, times and inode of a file as one text, equal as long as it was not touched; undefined where it is
 * not there.
 */
export function stampOf(files: Files, path: string): string | undefined {
  return stampText(files.stat(path));
}

function stampText(stat: Signature | undefined): string | undefined {
  if (stat === undefined) return undefined;
  return [stat.size, stat.mtimeNs, stat.ctimeNs, stat.inode].join(' ');
}
