import type { Files } from '../host/host.ts';
import type { WorldTrace } from '../host/world-trace.ts';
import { checksum } from './checksum.ts';

/** What came of a setup: what it asked of the world and did, and what else is to be known of it. */
export interface RememberedSetup<Facts> {
  readonly trace: WorldTrace;
  readonly facts: Facts;
}

/** Where setups are kept, and which are of one kind: of a project, a build directory, options and tools. */
export interface SetupPlace {
  /** Absolute: a folder with nothing else in it. */
  readonly root: string;
  readonly kind: string;
}

/** Of one kind: enough to go from one branch to another and back. */
const mostOfAKind = 4;
const mostOfAll = 100;
const mostBytes = 256 * 1024 ** 2;
const ending = '.setup';

interface Head {
  readonly steps: WorldTrace['steps'];
  readonly lengths: readonly number[];
  readonly facts: unknown;
}

/** Paths of what is kept of a kind, the last first. */
export function listSetups(files: Files, { root, kind }: SetupPlace): readonly string[] {
  return namesIn(files, root)
    .filter((name) => name.startsWith(`${kind}-`))
    .map((name) => `${root}/${name}`);
}

/** Undefined where it is not whole. `Facts` are those that were saved. */
export function loadSetupMemory<Facts>(
  files: Files,
  path: string,
): RememberedSetup<Facts> | undefined {
  const read = files.readBytes(path);
  if (!read.ok || read.value.length < 8) return undefined;
  const bytes = Buffer.from(read.value.buffer, read.value.byteOffset, read.value.byteLength);
  if (bytes.readUInt32LE(0) !== checksum(bytes.subarray(4))) return undefined;
  const end = 8 + bytes.readUInt32LE(4);
  // As saveSetupMemory wrote it.
  const { steps, lengths, facts } = JSON.parse(bytes.toString('utf8', 8, end)) as Head & {
    readonly facts: Facts;
  };
  let at = end;
  const contents = lengths.map((length) => {
    at += length;
    return bytes.subarray(at - length, at);
  });
  return { trace: { steps, contents }, facts };
}

/** Where it cannot be kept, the next setup will do all by itself. */
export function saveSetupMemory(
  files: Files,
  place: SetupPlace,
  { trace, facts }: RememberedSetup<unknown>,
  nowMs: number,
): void {
  const lengths = trace.contents.map(({ length }) => length);
  // What is that large would take the place of all others.
  if (lengths.reduce((sum, length) => sum + length, 0) > mostBytes / 2) return;
  const head: Head = { steps: trace.steps, lengths, facts };
  const text = Buffer.from(JSON.stringify(head));
  const start = Buffer.alloc(8);
  start.writeUInt32LE(text.length, 4);
  const bytes = Buffer.concat([start, text, ...trace.contents]);
  bytes.writeUInt32LE(checksum(bytes.subarray(4)), 0);
  if (!files.makeDirectory(place.root).ok) return;
  files.setMode(place.root, 0o700);
  files.replace(pathOf(place, nowMs), bytes);
  trim(files, place);
}

/** Goes before others of its kind from now on. */
export function preferSetup(files: Files, place: SetupPlace, path: string, nowMs: number): void {
  files.rename(path, pathOf(place, nowMs));
}

/** What was used last stays. */
function trim(files: Files, place: SetupPlace): void {
  for (const old of listSetups(files, place).slice(mostOfAKind)) files.remove(old);
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

function pathOf({ root, kind }: SetupPlace, nowMs: number): string {
  return `${root}/${kind}-${nowMs}${ending}`;
}

function timeOf(name: string): number {
  return Number.parseInt(name.slice(name.lastIndexOf('-') + 1), 10) || 0;
}
