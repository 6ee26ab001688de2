import { ownText } from '../../base/own-text.ts';
import { RecentMap } from '../../base/recent-map.ts';
import type { Action, Graph } from '../../graph/graph.ts';
import type { Files, Host } from '../../host/host.ts';
import { sameStat } from '../../host/same-stat.ts';
import { hashFile, hashOfHex, isSettled, type Signature } from '../../store/format/file-content.ts';
import type { ActionLog } from '../../store/log/action-log.ts';
import type { ContentId } from '../../store/log/action-record.ts';
import { bytesChecksum, proofFolder, removeNoOpProof } from '../../store/no-op/no-op-proof.ts';
import { signatureText } from '../../store/no-op/no-op-stamps.ts';
import { recentFiles } from '../build-context.ts';
import { type BuildPlace, hostPath } from '../build-place.ts';
import { actionKey } from '../command-text.ts';
import { discoverInputs } from '../inputs/discover-inputs.ts';

/** What bin/redo.c did without the log, and the new stamps of the files that it changed. */
interface Redone {
  readonly actions: ReadonlySet<string>;
  /** Those that read other files than before, by when they started. */
  readonly reads: ReadonlyMap<string, number>;
  /** By path: ctime in nanoseconds, inode and size. */
  readonly stamps: ReadonlyMap<string, string>;
  /** What sources held while they were compiled, in digits: they may have been touched or edited since. */
  readonly held: ReadonlyMap<string, string>;
}

/** The build directory in which something was done again. */
export interface RedoneIn {
  readonly host: Host;
  readonly graph: Graph;
  readonly log: ActionLog;
  readonly place: BuildPlace;
}

/**
 * Tells the log what was done again without it. False where that cannot be told any more, as a file
 * changed since: then no proof stands, and what the log does not know is done once more.
 */
export function takeRedone(input: RedoneIn): boolean {
  const { host, log, place } = input;
  const { files } = host;
  const path = `${place.buildDirectory}/${proofFolder}/ahead`;
  if (!files.exists(path)) return true;
  const redone = readRedone(files, path);
  const contents = new Map<string, ContentId>();
  let isWhole = redone !== undefined;
  for (const [name, stamp] of redone?.stamps ?? []) {
    const content =
      contentOf(input, name, (signature) => signatureText(signature) === stamp) ??
      contentThen(input, name, redone?.held.get(name));
    if (content === undefined) isWhole = false;
    else contents.set(name, content);
  }
  const reads = new Map<string, readonly ContentId[]>();
  const actions = actionsOf(input.graph, isWhole ? redone?.reads : undefined);
  for (const [key, startedAtMs] of isWhole ? (redone?.reads ?? []) : []) {
    const found = readsOf(input, { key, startedAtMs, action: actions.get(key) });
    if (found === undefined) isWhole = false;
    else reads.set(key, found);
  }
  if (isWhole) for (const key of redone?.actions ?? []) renew(log, key, { contents, reads });
  else removeNoOpProof(files, place.buildDirectory);
  if (log.flush().ok) files.remove(path);
  return isWhole;
}

interface Renewed {
  /** By path. */
  readonly contents: ReadonlyMap<string, ContentId>;
  /** The files that each action turned out to read, where they differ from the last run's. */
  readonly reads: ReadonlyMap<string, readonly ContentId[]>;
}

function renew(log: ActionLog, key: string, { contents, reads }: Renewed): void {
  const record = log.action(key);
  if (record === undefined) return;
  const now = (id: ContentId): ContentId => contents.get(log.content(id).path) ?? id;
  const { inputs, discovered, outputs } = record;
  log.renew({
    ...record,
    inputs: inputs.map(now),
    discovered: (reads.get(key) ?? discovered).map(now),
    outputs: outputs.map(now),
  });
}

/** The actions of some keys, found in one walk. */
function actionsOf(
  graph: Graph,
  keys: ReadonlyMap<string, unknown> = new Map(),
): ReadonlyMap<string, Action> {
  const found = new Map<string, Action>();
  if (keys.size === 0) return found;
  for (const action of graph.actions.values()) {
    const key = actionKey(graph, action);
    if (keys.has(key)) found.set(key, action);
    if (found.size === keys.size) break;
  }
  return found;
}

interface Run {
  readonly key: string;
  readonly startedAtMs: number;
  readonly action: Action | undefined;
}

/**
 * What an action that ran without us says that it read. What it read before was seen to stay as it was;
 * of anything else that must be certain.
 */
function readsOf(
  input: RedoneIn,
  { key, startedAtMs, action }: Run,
): readonly ContentId[] | undefined {
  const { host, log, place } = input;
  const record = log.action(key);
  if (record === undefined || action === undefined) return undefined;
  const found = discoverInputs(
    { host, place, spelled: new RecentMap(recentFiles, ownText) },
    action,
  );
  if (!found.ok || found.value.partly !== undefined || found.value.paths.length === 0)
    return undefined;
  if (found.value.environment.length > 0) return undefined;
  const pathOf = (id: ContentId): string => log.content(id).path;
  const declared = new Set([...record.inputs, ...record.outputs].map(pathOf));
  const before = new Map(record.discovered.map((id) => [pathOf(id), id]));
  const reads: ContentId[] = [];
  for (const path of found.value.paths) {
    if (declared.has(path)) continue;
    const content =
      before.get(path) ?? contentOf(input, path, (signature) => isSettled(signature, startedAtMs));
    if (content === undefined) return undefined;
    reads.push(content);
  }
  return reads;
}

/** What a file holds, provided that it is what was meant, and stays so. */
function contentOf(
  { host, log, place }: RedoneIn,
  path: string,
  isMeant: (signature: Signature) => boolean,
): ContentId | undefined {
  const { files, clock } = host;
  const at = hostPath(place, path);
  const atMs = clock.nowMs();
  const signature = files.stat(at);
  if (signature?.kind !== 'file' || !isMeant(signature)) return undefined;
  const hash = hashFile(files, at);
  // An edit that came between the two: what was made is not made of it.
  const after = files.stat(at);
  if (!hash.ok || after === undefined || !sameStat(after, signature)) return undefined;
  const executable = (signature.mode & 0o111) !== 0;
  const trusted = isSettled(signature, atMs);
  return log.learn({ path, hash: hash.value, executable }, { signature, trusted });
}

/** What a source held when it was compiled. */
function contentThen(
  { host: { files }, log, place }: RedoneIn,
  path: string,
  digits: string | undefined,
): ContentId | undefined {
  const stat = files.stat(hostPath(place, path));
  if (digits === undefined || stat === undefined) return undefined;
  const executable = (stat.mode & 0o111) !== 0;
  return log.intern({ path, hash: hashOfHex(digits), executable });
}

/**
 * Words with a NUL behind each: `done`, `undone`, `file` or `reads`, a name, a stamp; `held`, a name, a hash; behind all
 * that one run told `sum`, a checksum of that and nothing. Nothing where the file is cut off or damaged.
 */
function readRedone(files: Files, path: string): Redone | undefined {
  const read = files.readBytes(path);
  if (!read.ok) return undefined;
  const bytes = Buffer.from(read.value);
  if (bytes.at(-1) !== 0) return undefined;
  const actions = new Set<string>();
  const stamps = new Map<string, string>();
  const held = new Map<string, string>();
  const reads = new Map<string, number>();
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
    else if (kind === 'undone') actions.delete(name);
    else if (kind === 'file') {
      stamps.set(name, stamp);
      held.delete(name);
    } else if (kind === 'held') held.set(name, stamp);
    else if (kind === 'reads') reads.set(name, Number.parseInt(stamp, 10) / 1e6);
    else if (kind !== 'sum' || name !== bytesChecksum(bytes.subarray(told, start)))
      return undefined;
    if (kind === 'sum') told = at;
    else if (at === bytes.length) return undefined;
  }
  return { actions, stamps, held, reads };
}
