import type { Files, Host } from '../host/host.ts';
import type { ActionLog } from '../store/action-log.ts';
import type { ContentId } from '../store/action-record.ts';
import { hashFile, isSettled, type Signature } from '../store/file-content.ts';
import { proofFolder, removeNoOpProof } from '../store/no-op-proof.ts';
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

/** Words with a NUL behind each: `done` or `file`, a name, a stamp. Nothing where the file is cut off. */
function readRedone(files: Files, path: string): Redone | undefined {
  const text = files.readText(path);
  if (!text.ok) return undefined;
  const words = text.value.split('\0');
  if (words.pop() !== '' || words.length % 3 !== 0) return undefined;
  const actions = new Set<string>();
  const stamps = new Map<string, string>();
  for (let at = 0; at < words.length; at += 3) {
    const [kind, name = '', stamp = ''] = words.slice(at, at + 3);
    if (kind === 'done') actions.add(name);
    else if (kind === 'file') stamps.set(name, stamp);
    else return undefined;
  }
  return { actions, stamps };
}
