import { addAll } from '../../base/add-all.ts';
import { changedEnvironment } from '../../base/environment.ts';
import type { Action, ActionId, Command, Graph } from '../../graph/graph.ts';
import { findInPath } from '../../host/find-in-path.ts';
import type { Host } from '../../host/host.ts';
import { hashBytes, hexOf } from '../../store/format/file-content.ts';
import { listAt } from '../../store/format/number-lists.ts';
import type { ActionLog } from '../../store/log/action-log.ts';
import type { Proof } from '../../store/no-op/no-op-look.ts';
import { isStampOf, stampPlace } from '../../store/no-op/no-op-stamps.ts';
import { hostPath } from '../build-place.ts';
import { actionKey } from '../command-text.ts';
import { argumentsOf, asksForTokens } from '../perform/command-line.ts';

/** What recipes are made from. */
export interface RecipeInput {
  readonly host: Host;
  readonly graph: Graph;
  readonly log: ActionLog;
  readonly proof: Proof;
  readonly buildRoot: string;
}

/** Words of a recipe, as they stand in the file. */
export type Told = readonly (string | number)[];

/** Above this, running them in parallel, as node does, is faster. */
const mostCommands = 3;
const mostSteps = 20;
const largestSource = 1 << 20;
/** What is compared with what it was is held in memory meanwhile. */
const largestCompared = 1 << 26;

/**
 * What is to be done where only these sources changed, which nobody but `first` reads: that, and in
 * order all that reads what is made. Nothing where it is more than a few commands and copies.
 *
 *     what it rests on in the environment (`NAME=VALUE`, `NAME`), after their count
 *     count of sources; for each its number in the proof, path, "size SHA-256 ctime inode" in digits,
 *       count of other contents that it is known to have had, their SHA-256
 *     count of steps; for each
 *       `run` or `copy`, number in the graph, key in the log, description
 *       count of files that steps before it make and it reads; their numbers
 *       count of all other files that a command read; their numbers
 *       count of files that it makes; for each number, path, whether steps behind it want to know if it is another (1 or 0)
 *       of a copy: from, to, whether a link will do (1 or 0)
 *       of others: folder, depfile or nothing, whether what it makes goes first (1 or 0), program;
 *         changes of the environment (`+NAME=VALUE`, `-NAME`) and words of the command, each after their count
 */
export function recipeOf(input: RecipeInput, { steps, sources, reads }: Planned): Told | undefined {
  const triggers = sources.flatMap((file) => {
    const told = toldSource(input, file);
    return told === undefined ? [] : [told];
  });
  if (triggers.length === 0) return undefined;
  const made = new Set(steps.flatMap((step) => step.made));
  const told = steps.map((step) => {
    const rests = (reads.get(step.id) ?? []).filter((file) => !made.has(file));
    return toldStep(input, step, { steps, rests });
  });
  if (told.includes(undefined)) return undefined;
  const base = steps.flatMap(({ action: { work } }) =>
    work.kind === 'command' ? restsOn(input.host, work) : [],
  );
  return [
    ...[base.length, ...base],
    ...[triggers.length, ...triggers.flat()],
    ...[told.length, ...told.flatMap((step) => step ?? [])],
  ];
}

/** The action that alone reads a file, which no action makes. */
export function onlyReader({ uses }: Proof, file: number): ActionId | undefined {
  const [only, ...others] = new Set(listAt(uses.users, file));
  if (only === undefined || others.length > 0) return undefined;
  return listAt(uses.made, only).includes(file) ? undefined : (only as ActionId); // as the proof has it
}

/** A recipe to be told. */
export interface Planned {
  readonly steps: readonly Step[];
  readonly sources: readonly number[];
  /** By actions, the files that they read or make. */
  readonly reads: ReadonlyMap<ActionId, readonly number[]>;
}

/** By the numbers of some actions, the files that they read or make. */
export function filesOf(
  { uses }: Proof,
  actions: Iterable<ActionId>,
): ReadonlyMap<ActionId, readonly number[]> {
  const files = new Map<number, number[]>();
  for (const id of actions) files.set(id, []);
  const { starts, items } = uses.users;
  const isOne = new Uint8Array(uses.made.starts.length);
  for (const id of files.keys()) isOne[id] = 1;
  for (let file = 0; file + 1 < starts.length; file++) {
    const last = starts[file + 1] ?? 0;
    for (let at = starts[file] ?? 0; at < last; at++) {
      const id = items[at] ?? 0;
      if (isOne[id] === 1) files.get(id)?.push(file);
    }
  }
  return files as Map<ActionId, number[]>; // as the proof has them
}

/** An action of a recipe, with the numbers that the proof has for the files it makes. */
export interface Step {
  readonly id: ActionId;
  readonly action: Action;
  readonly made: readonly number[];
}

/** The action and all that is behind it, in order. */
export function stepsFrom(input: RecipeInput, first: ActionId): readonly Step[] | undefined {
  const { graph, proof } = input;
  const steps = new Map<number, Step>();
  const waiting: number[] = [first];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (steps.has(id)) continue;
    const action = graph.actions.get(id as ActionId); // as the proof has it
    const made = [...listAt(proof.uses.made, id)];
    if (!isPossible(action) || made.length !== action.outputs.length) return undefined;
    steps.set(id, { id: id as ActionId, action, made });
    if (steps.size > mostSteps) return undefined;
    for (const file of made) addAll(waiting, listAt(proof.uses.users, file));
  }
  const commands = [...steps.values()].filter(({ action }) => action.work.kind === 'command');
  return commands.length > mostCommands ? undefined : inOrder(input, [...steps.values()]);
}

/** So that each comes behind those whose files it reads. */
function inOrder(input: RecipeInput, steps: readonly Step[]): readonly Step[] | undefined {
  const left = [...steps];
  const ordered: Step[] = [];
  while (left.length > 0) {
    const next = left.findIndex(
      (step) => readBy(input, step, left).length === 0 && !isBehind(input, step, left),
    );
    if (next < 0) return undefined;
    ordered.push(...left.splice(next, 1));
  }
  return ordered;
}

/** What others of these make that a step reads. */
function readBy({ proof }: RecipeInput, step: Step, others: readonly Step[]): readonly number[] {
  return others.flatMap(({ id, made }) =>
    id === step.id ? [] : made.filter((file) => listAt(proof.uses.users, file).includes(step.id)),
  );
}

/** Whether a step must wait for one of these although it is not known to read what they make. */
function isBehind({ graph }: RecipeInput, { action }: Step, others: readonly Step[]): boolean {
  const before = new Set(action.orderOnly.flatMap((list) => graph.fileLists.get(list)));
  return others.some(({ action: { outputs } }) => outputs.some((file) => before.has(file)));
}

function isPossible(action: Action): boolean {
  const { work, depfile, pool, description } = action;
  // It is shown as it is.
  if (/\p{Cc}/u.test(description)) return false;
  if (work.kind === 'copy') return true;
  return (
    work.kind === 'command' &&
    depfile?.format !== 'esbuild' &&
    pool === undefined &&
    action.earlyOutputs.length === 0 &&
    action.outputsOptional !== true &&
    !action.alwaysRun &&
    work.stdin === undefined &&
    work.stdout === undefined &&
    argumentsOf(work).file === undefined &&
    (isIncremental(work) || !asksForTokens(work.argv))
  );
}

/** Whether rustc goes on from what it did the last time. */
export function isIncremental({ argv }: Command): boolean {
  return argv.some((word) => word.startsWith('incremental='));
}

interface Around {
  readonly steps: readonly Step[];
  /** What a step reads that none of them makes. */
  readonly rests: readonly number[];
}

function toldStep(input: RecipeInput, step: Step, { steps, rests }: Around): Told | undefined {
  const { graph, proof } = input;
  const { id, action, made } = step;
  const copy = action.work.kind === 'copy' ? action.work : undefined;
  const reads = readBy(input, step, steps);
  const outputs = made.map((file) => toldMade(input, file, steps));
  const work = copy === undefined ? toldCommand(input, action) : toldCopy(copy);
  if (work === undefined || outputs.includes(undefined)) return undefined;
  const [only] = made;
  if (copy !== undefined && (only === undefined || proof.path(only) !== copy.to)) return undefined;
  return [
    ...[copy === undefined ? 'run' : 'copy', id],
    ...[actionKey(graph, action), action.description],
    ...[reads.length, ...reads],
    ...(copy === undefined ? [rests.length, ...rests] : [0]),
    ...[made.length, ...outputs.flatMap((output) => output ?? [])],
    ...work,
  ];
}

function toldMade(
  { host, proof, buildRoot }: RecipeInput,
  file: number,
  steps: readonly Step[],
): Told | undefined {
  const readers = new Set(listAt(proof.uses.users, file));
  const isCompared = steps.some(
    ({ id, action, made }) =>
      action.work.kind === 'command' && readers.has(id) && !made.includes(file),
  );
  const path = proof.path(file);
  const stat = host.files.stat(hostPath({ buildDirectory: buildRoot }, path));
  if (stat?.kind !== 'file' || (isCompared && stat.size > largestCompared)) return undefined;
  return [file, path, isCompared ? 1 : 0];
}

function toldCopy({ from, to, linked }: Extract<Action['work'], { kind: 'copy' }>): Told {
  return [from, to, linked === true ? 1 : 0];
}

function toldCommand({ host, buildRoot }: RecipeInput, action: Action): Told | undefined {
  const { work, depfile, removeOutputsFirst } = action;
  if (work.kind !== 'command') return undefined;
  const place = { buildDirectory: buildRoot };
  const environment = changedEnvironment(host.system.environment, work.environment);
  const [name = ''] = work.argv;
  const system = { ...host.system, environment };
  const program = name.includes('/') ? name : findInPath({ files: host.files, system }, name);
  if (program === undefined) return undefined;
  const names = [...new Set(work.environment.map((change) => change.name))];
  const changes = names.map((each) => {
    const value = environment[each];
    return value === undefined ? `-${each}` : `+${each}=${value}`;
  });
  return [
    work.cwd === undefined ? buildRoot : hostPath(place, work.cwd),
    depfile?.path ?? '',
    removeOutputsFirst ? 1 : 0,
    program,
    ...[changes.length, ...changes],
    ...[work.argv.length, ...work.argv],
  ];
}

/** What of our environment decides which one a command gets. */
function restsOn({ system }: Host, { environment }: Command): readonly string[] {
  return environment
    .filter(({ kind }) => kind === 'append' || kind === 'prepend')
    .map(({ name }) => {
      const value = system.environment[name];
      return value === undefined ? name : `${name}=${value}`;
    });
}

/** A source, with what it holds: bin/redo.c does nothing where it holds that, or what it once held. */
function toldSource({ host, log, proof, buildRoot }: RecipeInput, file: number): Told | undefined {
  const path = proof.path(file);
  const at = hostPath({ buildDirectory: buildRoot }, path);
  const stat = host.files.stat(at);
  if (stat?.kind !== 'file' || stat.size > largestSource) return undefined;
  const { buffer, byteOffset, length } = proof.stamps;
  const stamps = new DataView(buffer, byteOffset, length);
  if (!isStampOf(stamps, stampPlace(proof.firstFile + file), stat)) return undefined;
  const bytes = host.files.readBytes(at);
  if (!bytes.ok || bytes.value.length !== stat.size) return undefined;
  const hash = hashBytes(bytes.value);
  const earlier = new Set(log.hashesOf(path));
  earlier.delete(hash);
  const digits = (value: bigint | number): string => value.toString(16).padStart(16, '0');
  return [
    ...[file, path],
    `${digits(stat.size)} ${hexOf(hash)} ${digits(stat.ctimeNs)} ${digits(stat.inode)}`,
    ...[earlier.size, ...[...earlier].map(hexOf)],
  ];
}
