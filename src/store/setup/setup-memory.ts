import { sha256Of } from '../../base/sha256.ts';
import type { Files, Host } from '../../host/host.ts';
import type { Step, StoredLaunch, WorldTrace } from '../../host/world-trace.ts';
import { checksum } from '../format/checksum.ts';
import { isAsFar, movedContent, movedWords, type Removal } from './moved-setup.ts';

/** What came of a setup: what it asked of the world and did, and what else is to be known of it. */
export interface RememberedSetup<Facts> {
  /** The build directory; absolute. */
  readonly buildRoot: string;
  readonly trace: WorldTrace;
  readonly facts: Facts;
}

/** Where setups are kept, and which are of one kind: of a project, options and tools. */
export interface SetupPlace {
  /** Absolute: a folder with nothing else in it. */
  readonly root: string;
  readonly kind: string;
  /** Absolute. */
  readonly sourceRoot: string;
  readonly buildRoot: string;
}

/** Of one kind and build directory: enough to go from one branch to another and back. */
const mostOfAKind = 4;
const mostOfOthers = 2;
const mostOfAll = 100;
const mostBytes = 256 * 1024 ** 2;
const ending = '.setup';

interface Head {
  readonly buildRoot: string;
  readonly isMovable: boolean;
  readonly steps: WorldTrace['steps'];
  readonly lengths: readonly number[];
  readonly facts: unknown;
}

/**
 * Paths of what is kept of a kind, the last first: what was made for the build directory, then a few of
 * others, as each has to be read to know whether it is of use.
 */
export function listSetups(files: Files, place: SetupPlace): readonly string[] {
  const all = namesIn(files, place.root).filter((name) => name.startsWith(`${place.kind}-`));
  const own = all.filter((name) => isOfFolder(name, place));
  const others = all.filter((name) => !isOfFolder(name, place)).slice(0, mostOfOthers);
  return [...own, ...others].map((name) => `${place.root}/${name}`);
}

/**
 * Undefined where it is not whole. One that was made for another build directory is told as it would have
 * been made for this one; undefined where that is not certain. `Facts` are those that were saved.
 */
export function loadSetupMemory<Facts>(
  files: Files,
  path: string,
  { sourceRoot, buildRoot }: SetupPlace,
): RememberedSetup<Facts> | undefined {
  const read = files.readBytes(path);
  if (!read.ok || read.value.length < 8) return undefined;
  const bytes = Buffer.from(read.value.buffer, read.value.byteOffset, read.value.byteLength);
  if (bytes.readUInt32LE(0) !== checksum(bytes.subarray(4))) return undefined;
  const end = 8 + bytes.readUInt32LE(4);
  const text = bytes.toString('utf8', 8, end);
  // As saveSetupMemory wrote it.
  const head = JSON.parse(text) as Head & { readonly facts: Facts };
  let at = end;
  const contents = head.lengths.map((length) => {
    at += length;
    return bytes.subarray(at - length, at);
  });
  const { steps, facts, isMovable } = head;
  if (head.buildRoot === buildRoot)
    return { buildRoot, trace: { steps, contents, isMovable }, facts };
  const removal = { from: head.buildRoot, to: buildRoot, sourceRoot };
  return isMovable && isAsFar(steps, removal) ? movedSetup(text, contents, removal) : undefined;
}

function movedSetup<Facts>(
  text: string,
  contents: readonly Uint8Array[],
  removal: Removal,
): RememberedSetup<Facts> | undefined {
  const words = movedWords(text, removal);
  if (words === undefined) return undefined;
  const { steps, facts } = JSON.parse(words) as Head & { readonly facts: Facts }; // as it was, but for words
  const others: Uint8Array[] = [];
  for (const content of contents) {
    const moved = movedContent(content, removal);
    if (moved === undefined) return undefined;
    others.push(moved);
  }
  const asked: Step[] = [];
  for (const step of steps) {
    if (step.kind !== 'asked' || step.launch === undefined) asked.push(step);
    else if (asksTool(step.launch, removal.to))
      asked.push({ kind: 'ran', launch: step.launch, answer: step.answer });
    else return undefined;
  }
  const trace = { steps: asked, contents: others, isMovable: true };
  return { buildRoot: removal.to, trace, facts };
}

/** Whether only the tool lies in a folder: what works with files of that folder needs them as they were then. */
function asksTool({ argv: [, ...words], workingDirectory }: StoredLaunch, folder: string): boolean {
  return ![workingDirectory, ...words].some((word) => word.includes(folder));
}

/** Setups go by when they were used last. */
interface TimedFiles {
  readonly files: Files;
  readonly clock: Pick<Host['clock'], 'nowMs'>;
}

/** Where it cannot be kept, the next setup will do all by itself. */
export function saveSetupMemory(
  { files, clock }: TimedFiles,
  place: SetupPlace,
  { buildRoot, trace, facts }: RememberedSetup<unknown>,
): void {
  const lengths = trace.contents.map(({ length }) => length);
  // What is that large would take the place of all others.
  if (lengths.reduce((sum, length) => sum + length, 0) > mostBytes / 2) return;
  const { steps, isMovable } = trace;
  const head: Head = { buildRoot, isMovable, steps, lengths, facts };
  const text = Buffer.from(JSON.stringify(head));
  const start = Buffer.alloc(8);
  start.writeUInt32LE(text.length, 4);
  const bytes = Buffer.concat([start, text, ...trace.contents]);
  bytes.writeUInt32LE(checksum(bytes.subarray(4)), 0);
  if (!files.makeDirectory(place.root).ok) return;
  files.setMode(place.root, 0o700);
  files.replace(`${place.root}/${nameOf(place)}-${clock.nowMs()}${ending}`, bytes);
  trim(files, place);
}

/** Goes before others of its kind from now on. */
export function preferSetup({ files, clock }: TimedFiles, place: SetupPlace, path: string): void {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const kind = name.slice(0, name.lastIndexOf('-'));
  files.rename(path, `${place.root}/${kind}-${clock.nowMs()}${ending}`);
}

/** What was used last stays. */
function trim(files: Files, place: SetupPlace): void {
  const own = namesIn(files, place.root).filter((name) => isOfFolder(name, place));
  for (const old of own.slice(mostOfAKind)) files.remove(`${place.root}/${old}`);
  let bytes = 0;
  for (const [number, name] of namesIn(files, place.root).entries()) {
    const path = `${place.root}/${name}`;
    bytes += files.stat(path)?.size ?? 0;
    if (bytes > mostBytes || number >= mostOfAll) files.remove(path);
  }
}

/** The last first. */
function namesIn(files: Files, root: string): readonly string[] {
  const listed = files.list(root);
  const names = (listed.ok ? listed.value : []).filter((name) => name.endsWith(ending));
  return names.sort((a, b) => timeOf(b) - timeOf(a));
}

function isOfFolder(name: string, place: SetupPlace): boolean {
  return name.startsWith(`${nameOf(place)}-`);
}

function nameOf({ kind, buildRoot }: SetupPlace): string {
  return `${kind}-${sha256Of(buildRoot).slice(0, 12)}`;
}

function timeOf(name: string): number {
  return Number.parseInt(name.slice(name.lastIndexOf('-') + 1), 10) || 0;
}
