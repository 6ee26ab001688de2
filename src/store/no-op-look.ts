import type { Files } from '../host/host.ts';
import { type FileUses, nameInList, proofFolder, type SeenFile, stamp } from './no-op-proof.ts';
import { graphPath, logPath } from './setup-state.ts';

/** What the launcher saw when not all was as it had been, though kaon and the setup were. */
export interface Look {
  /** Numbers of the files that changed. */
  readonly changed: readonly number[];
  readonly uses: FileUses;
  /** Paths by number. */
  readonly paths: readonly string[];
  /** Lines of `seen` before those of the files, and which of them is the log's. */
  readonly head: readonly string[];
  readonly logLine: number;
  /** Lines of the files, as they are now. */
  readonly stamps: readonly string[];
}

/** When more than this changed, it is better to look at everything. */
const mostShare = 0.05;

/** Takes up what the launcher left for us; to be called under the lock. */
export function takeLook(files: Files, buildRoot: string, processId: number): Look | undefined {
  const at = `${buildRoot}/${proofFolder}`;
  const read = (name: string): string | undefined => {
    const bytes = files.readBytes(`${at}/${name}`);
    return bytes.ok ? Buffer.from(bytes.value).toString('latin1') : undefined;
  };
  const now = read(`now.${processId}`);
  if (now === undefined) return undefined;
  files.remove(`${at}/now.${processId}`);
  const [seen, key, paths] = [read('seen'), read('key'), files.readBytes(`${at}/paths`)];
  const uses = readUses(files, `${at}/uses`);
  if (seen === undefined || key === undefined || !paths.ok || uses === undefined) return undefined;
  const setupCount = Number(key.split('\n')[3]);
  const names = Buffer.from(paths.value).toString('utf8').split('\0').slice(0, -1);
  const [before, after] = [seen.split('\n').slice(0, -1), now.split('\n').slice(0, -1)];
  const first = before.length - names.length + setupCount;
  if (before.length !== after.length || !(setupCount > 0) || first < setupCount) return undefined;
  const changed: number[] = [];
  for (let line = 0; line < before.length; line++) {
    if (before[line] === after[line]) continue;
    if (line < first) return undefined;
    changed.push(line - first);
  }
  if (changed.length > Math.max(20, names.length * mostShare)) return undefined;
  // A build or setup that came between would have changed these.
  const head = after.slice(0, first);
  const [logLine = -1, graphLine = -1] = [logPath(buildRoot), graphPath(buildRoot)].map((path) => {
    const signature = files.stat(path);
    return signature === undefined ? -1 : head.indexOf(stamp(signature));
  });
  if (logLine === -1 || graphLine === -1) return undefined;
  return {
    changed,
    uses,
    paths: names.slice(setupCount),
    head,
    logLine,
    stamps: after.slice(first),
  };
}

function readUses(files: Files, path: string): FileUses | undefined {
  const read = files.readBytes(path);
  if (!read.ok || read.value.length < 16 || read.value.length % 4 !== 0) return undefined;
  // A copy, as typed arrays must begin at a multiple of four.
  const words = new Uint32Array(read.value.slice().buffer);
  const lengths = words.subarray(0, 4);
  if (lengths.reduce((sum, length) => sum + length, 4) !== words.length) return undefined;
  let at = 4;
  const [userStarts, users, madeStarts, made] = Array.from(lengths, (length) => {
    at += length;
    return words.subarray(at - length, at);
  });
  if (!userStarts || !users || !madeStarts || !made) return undefined;
  return {
    users: { starts: userStarts, items: users },
    made: { starts: madeStarts, items: made },
  };
}

/** Makes a proof of a look once what changed was built: only stamps of files are other ones. */
export function renewNoOpProof(
  files: Files,
  buildRoot: string,
  { look, seen }: { readonly look: Look; readonly seen: readonly SeenFile[] },
): void {
  const log = files.stat(logPath(buildRoot));
  if (log === undefined) return;
  const numbers = new Map(look.paths.map((path, number) => [path, number]));
  const stamps = [...look.stamps];
  const left = new Set(look.changed);
  for (const { path, signature, isLink } of seen) {
    const number = numbers.get(nameInList(path));
    if (number === undefined || signature === undefined || isLink === true) return;
    stamps[number] = stamp(signature);
    left.delete(number);
  }
  if (left.size > 0) return;
  const head = look.head.with(look.logLine, stamp(log));
  // Values of variables came as bytes, and go so.
  const text = Buffer.from(`${[...head, ...stamps].join('\n')}\n`, 'latin1');
  files.replace(`${buildRoot}/${proofFolder}/seen`, text);
}
