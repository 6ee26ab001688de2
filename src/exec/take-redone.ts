import type { Files, Host } from '../host/host.ts';
import type { ActionLog } from '../store/action-log.ts';
import type { ContentId } from '../store/action-record.ts';
import { hashFile, isSettled, type Signature } from '../store/file-content.ts';
import { bytesChecksum, proofFolder, removeNoOpProof } from '../store/no-op-proof.ts';
import { type BuildPlace, hostPath } from './build-place.ts';

/** What bin/redo.c did without the log, and the stamps of the files that are other ones for that. */
interface Redone {
  readonly actions: ReadonlySet<string>;
  /** By path: ctime in nanoseconds, inode and size. */
  readonly stamps: ReadonlyMap<string, string>;
}

export interface RedoneIn {
  readonly host: Host;
  readonly log: ActionLog;
  readonly place: BuildPlace;
}

/**
 * Tells the log what was done again without it. False where that cannot be told any more, as a file
 * changed since: then no proof stands, and what the log does not know is done once more.
 */
export function takeRedone({ host, log, place }: RedoneIn): boolean {
  const { files } = host;
  const path = `${place.buildDirectory}/${proofFolder}/ahead`;
  if (!files.exists(path)) return true;
  const redone = readRedone(files, path);
  const contents = new Map<string, ContentId>();
  let isWhole = redone !== undefined;
  for (const [name, stamp] of redone?.stamps ?? []) {
    const content = contentOf({ host, log, place }, name, stamp);
    if (content === undefined) isWhole = false;
    else contents.set(name, content);
  }
  if (isWhole) for (const key of redone?.actions ?? []) renew(log, key, contents);
  else removeNoOpProof(files, place.buildDirectory);
  if (log.flush().ok) files.remove(path);
  return isWhole;
}

function renew(log: ActionLog, key: string, contents: ReadonlyMap<string, ContentId>): void {
  const record = log.action(key);
  if (record === undefined) return;
  const now = (id: ContentId): ContentId => contents.get(log.content(id).path) ?? id;
  const { inputs, discovered, outputs } = record;
  log.renew({
    ...record,
    inputs: inputs.map(now),
    discovered: discovered.map(now),
    outputs: outputs.map(now),
  });
}

/** What a file holds, provided that it is as it was when its stamp was taken. */
function contentOf(
  { host, log, place }: RedoneIn,
  path: string,
  stamp: string,
): ContentId | undefined {
  const { files, clock } = host;
  const at = hostPath(place, path);
  const atMs = clock.nowMs();
  const signature = files.stat(at);
  if (signature?.kind !== 'file' || stampText(signature) !== stamp) return undefined;
  const hash = hashFile(files, at);
  // An edit that came between the two: what was made is not made of it.
  const after = files.stat(at);
  if (!hash.ok || after === undefined || stampText(after) !== stamp) return undefined;
  const executable = (signature.mode & 0o111) !== 0;
  const trusted = isSettled(signature, atMs);
  return log.learn({ path, hash: hash.value, executable }, { signature, trusted });
}

function stampText({ ctimeNs, inode, size }: Signature): string {
  return `${ctimeNs} ${inode} ${size}`;
}

/**
 * Words with a NUL behind each: `done` or `file`, a name, a stamp; behind all that one run told `sum`, a
 * checksum of that and nothing. Nothing where the file is cut off or damaged.
 */
function readRedone(files: Files, path: string): Redone | undefined {
  const read = files.readBytes(path);
  if (!read.ok) return undefined;
  const bytes = Buffer.from(read.value);
  if (bytes.at(-1) !== 0) return undefined;
  const actions = new Set<string>();
  const stamps = new Map<string, string>();
  let at = 0;
  const word = (): string => {
    const start = at;
    const end = bytes.indexOf(0, at);
    at = end + 1;
    return bytes.toString('utf8', start, end);
  };
  for (let told = 0; at < bytes.length; ) {
    const start = at;
    const [kind, name, stamp] = [word(), word(), word()];
    if (at <= start) return undefined;
    if (kind === 'done') actions.add(name);
    else if (kind === 'file') stamps.set(name, stamp);
    else if (kind !== 'sum' || name !== bytesChecksum(bytes.subarray(told, start)))
      return undefined;
    if (kind === 'sum') told = at;
    else if (at === bytes.length) return undefined;
  }
  return { actions, stamps };
}
