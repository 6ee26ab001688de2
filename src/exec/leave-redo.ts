import { changedEnvironment } from '../base/environment.ts';
import type { Action, ActionId, Command, Graph } from '../graph/graph.ts';
import type { Host } from '../host/host.ts';
import { isCurrent, type Proof, readProof } from '../store/no-op-look.ts';
import { proofFolder } from '../store/no-op-proof.ts';
import { isStampOf, stampPlace } from '../store/no-op-stamps.ts';
import { listAt } from './affected-actions.ts';
import { hostPath } from './build-place.ts';
import { actionKey } from './command-text.ts';

export interface LeaveRedo {
  readonly host: Host;
  readonly graph: Graph;
  readonly buildRoot: string;
  /** What stands in the last line of a build in which nothing was to do, for what was done instead. */
  readonly upToDate: string;
}

/** More than this is not worth the while of writing it down. */
const mostActions = 64;
const largestSource = 1 << 20;

/**
 * Leaves word for bin/redo.c of commands that it may run again by itself: those that rustc's
 * incremental compilation makes short, so that node would be a good part of it. Their sources are read
 * by nobody else, and nobody reads what they make but copies of it. Texts, each with a NUL behind it:
 *
 *     KAONREDO2, checksum of the proof's list, device:inode of the build directory, name of its lock,
 *     what to say before and behind what was built, count of actions; for each
 *       number in the graph, key in the log, description, folder, depfile
 *       count of sources; for each its number in the proof, path, "size checksum ctime inode" in digits
 *       count of files that it makes; for each its number, path
 *       count of copies; for each key, description, from, to, whether a link will do (1 or 0), number
 *       three lists after their counts: changes of the environment (`+NAME=VALUE`, `-NAME`), what these
 *       rest on (`NAME=VALUE`, `NAME`), words of the command
 */
export function leaveRedo({ host, graph, buildRoot, upToDate }: LeaveRedo): void {
  const path = `${buildRoot}/${proofFolder}/redo`;
  const lock = host.storage.lockName?.(buildRoot);
  const candidates = lock === undefined ? [] : [...graph.actions.entries()].filter(isShort);
  if (lock === undefined || candidates.length === 0 || candidates.length > mostActions) {
    host.files.remove(path);
    return;
  }
  const proof = readProof(host.files, buildRoot);
  const [before, after, ...more] = proof?.says.split(upToDate) ?? [];
  if (proof === undefined || after === undefined || more.length > 0) return;
  // Its numbers are those of the graph at hand.
  if (!isCurrent(host.files, proof)) return;
  const uses = readUses(proof);
  const actions = candidates.flatMap(([id, action]) => {
    const told = toldAction({ host, graph, proof, uses, buildRoot }, id, action);
    return told === undefined ? [] : [told];
  });
  const head = ['KAONREDO2', proof.checksum, lock.place, lock.name, before, after, actions.length];
  host.files.replace(path, [...head, ...actions.flat()].map((text) => `${text}\0`).join(''));
}

/** A command that leaves little to do, and whose results are nobody's to remember. */
function isShort([, action]: readonly [ActionId, Action]): boolean {
  const { work, depfile } = action;
  return (
    work.kind === 'command' &&
    depfile?.format === 'make' &&
    action.earlyOutputs.length === 0 &&
    action.pool === undefined &&
    !action.alwaysRun &&
    !action.removeOutputsFirst &&
    work.stdin === undefined &&
    work.stdout === undefined &&
    work.argv[0]?.startsWith('/') === true &&
    work.argv.some((word) => word.startsWith('incremental='))
  );
}

interface Uses {
  /** Of each file, by its number, which actions read or make it. */
  readonly users: readonly ReadonlySet<number>[];
  readonly made: ReadonlySet<number>;
}

function readUses({ uses }: Proof): Uses {
  const count = uses.users.starts.length - 1;
  const users = Array.from({ length: count }, (_, file) => new Set(listAt(uses.users, file)));
  return { users, made: new Set(uses.made.items) };
}

interface Known {
  readonly host: Host;
  readonly graph: Graph;
  readonly proof: Proof;
  readonly uses: Uses;
  readonly buildRoot: string;
}

type Told = readonly (string | number)[];

/** Nothing where it cannot be done by itself. */
function toldAction(known: Known, id: ActionId, action: Action): Told | undefined {
  const { host, graph, proof, uses, buildRoot } = known;
  const { work, depfile } = action;
  if (work.kind !== 'command' || depfile === undefined) return undefined;
  const made = [...listAt(proof.uses.made, id)];
  if (made.length !== action.outputs.length) return undefined;
  const readers = new Set(made.flatMap((file) => [...(uses.users[file] ?? [])]));
  readers.delete(id);
  const copies = [...readers].map((reader) => toldCopy(known, reader as ActionId)); // as the proof has it
  const sources = [...uses.users.keys()].flatMap((file) => {
    const isOwn = uses.users[file]?.size === 1 && uses.users[file].has(id);
    return isOwn && !uses.made.has(file) ? (toldSource(known, file) ?? []) : [];
  });
  if (sources.length === 0 || copies.includes(undefined)) return undefined;
  const place = { buildDirectory: buildRoot };
  const { changes, base } = environmentOf(host, work);
  return [
    id,
    actionKey(graph, action),
    action.description,
    work.cwd === undefined ? buildRoot : hostPath(place, work.cwd),
    depfile.path,
    ...[sources.length / 3, ...sources],
    ...[made.length, ...made.flatMap((file) => [file, proof.path(file)])],
    ...[copies.length, ...copies.flatMap((copy) => copy ?? [])],
    ...[changes.length, ...changes],
    ...[base.length, ...base],
    ...[work.argv.length, ...work.argv],
  ];
}

/** A copy that nobody reads. */
function toldCopy({ graph, proof, uses }: Known, id: ActionId): Told | undefined {
  const action = graph.actions.get(id);
  const [file, ...more] = listAt(proof.uses.made, id);
  if (action.work.kind !== 'copy' || file === undefined || more.length > 0) return undefined;
  if (uses.users[file]?.size !== 1) return undefined;
  const { from, to, linked } = action.work;
  return proof.path(file) === to
    ? [actionKey(graph, action), action.description, from, to, linked === true ? 1 : 0, file]
    : undefined;
}

/** A source, with what it holds: bin/redo.c does nothing where it still holds that. */
function toldSource({ host, proof, buildRoot }: Known, file: number): Told | undefined {
  const path = proof.path(file);
  const at = hostPath({ buildDirectory: buildRoot }, path);
  const stat = path.endsWith('.rs') ? host.files.stat(at) : undefined;
  if (stat?.kind !== 'file' || stat.size > largestSource) return undefined;
  const { buffer, byteOffset, length } = proof.stamps;
  const stamps = new DataView(buffer, byteOffset, length);
  if (!isStampOf(stamps, stampPlace(proof.firstFile + file), stat)) return undefined;
  const bytes = host.files.readBytes(at);
  if (!bytes.ok || bytes.value.length !== stat.size) return undefined;
  const digits = (value: bigint | number): string => value.toString(16).padStart(16, '0');
  const sum = checksum(bytes.value).toString(16).padStart(8, '0');
  return [file, path, `${digits(stat.size)} ${sum} ${digits(stat.ctimeNs)} ${digits(stat.inode)}`];
}

/** FNV-1a: where it is another one, the content is. */
function checksum(bytes: Uint8Array): number {
  let sum = 0x811c9dc5;
  for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01000193);
  return sum >>> 0;
}

/** What a command changes in the environment, and what of ours it rests on. */
function environmentOf(
  host: Host,
  { environment }: Command,
): { readonly changes: readonly string[]; readonly base: readonly string[] } {
  const ours = host.system.environment;
  const all = changedEnvironment(ours, environment);
  const names = [...new Set(environment.map(({ name }) => name))];
  const told = (name: string, value: string | undefined): string =>
    value === undefined ? name : `${name}=${value}`;
  return {
    changes: names.map((name) => `${all[name] === undefined ? '-' : '+'}${told(name, all[name])}`),
    base: environment
      .filter(({ kind }) => kind === 'append' || kind === 'prepend')
      .map(({ name }) => told(name, ours[name])),
  };
}
