import type { Action, ActionId, Graph } from '../../graph/graph.ts';
import type { Host } from '../../host/host.ts';
import type { ActionLog } from '../../store/log/action-log.ts';
import { isCurrent, type Look, readProof } from '../../store/no-op/no-op-look.ts';
import { bytesChecksum, proofFolder } from '../../store/no-op/no-op-proof.ts';
import { stampText } from '../../store/no-op/no-op-stamps.ts';
import {
  filesOf,
  isIncremental,
  onlyReader,
  type RecipeInput,
  recipeOf,
  stepsFrom,
  type Told,
} from './redo-recipe.ts';

/** The build that was just done, of which word is left. */
export interface LeaveRedo {
  readonly host: Host;
  readonly graph: Graph;
  readonly log: ActionLog;
  readonly buildRoot: string;
  /** What the last line of a build says where nothing was to do; redo says there what it did instead. */
  readonly upToDate: string;
  /** What changed, where that was all that was built. */
  readonly look?: Look | undefined;
}

const magic = 'KAONREDO4';
/** More than this is not worth the while of writing it down. */
const mostPrograms = 64;
/** How many recently edited sources are remembered. */
const mostEdited = 8;
/** Where more changed at once, that was no edit. */
const mostAtOnce = 2;

/**
 * Leaves word for bin/redo.c of what it may do by itself, so that node need not start: where a source
 * is edited that was edited before, and where rustc's incremental compilation makes a program. Texts,
 * each with a NUL behind it:
 *
 *     KAONREDO4, checksum of all that follows, checksum of the proof's list, "ctime inode size" of the
 *     graph and of the proof's uses, count and numbers of those programs' actions, count and numbers of
 *     those sources, device:inode of the build directory, name of its lock, size of its journal in
 *     digits (for one that lost what an earlier run told would speak of what was not made), what to say
 *     before and behind what was built, count of recipes, the recipes (redo-recipe.ts)
 */
export function leaveRedo(request: LeaveRedo): void {
  const { host, graph, log, buildRoot, upToDate } = request;
  const path = `${buildRoot}/${proofFolder}/redo`;
  const lock = host.storage.lockName?.(buildRoot);
  if (lock === undefined) return;
  const { programs, edited } = subjects(request, path);
  if (programs.length === 0 && edited.length === 0) {
    host.files.remove(path);
    return;
  }
  const proof = readProof(host.files, buildRoot);
  const [before, after, ...more] = proof?.says.split(upToDate) ?? [];
  if (proof === undefined || after === undefined || more.length > 0) return;
  // Its numbers are those of the graph at hand.
  if (!isCurrent(host.files, proof)) return;
  const input: RecipeInput = { host, graph, log, proof, buildRoot };
  const recipes = toldRecipes(input, [
    ...plansOfPrograms(input, programs),
    ...plansOfSources(input, edited),
  ]);
  const stamps = new DataView(proof.stamps.buffer, proof.stamps.byteOffset, proof.stamps.length);
  const words: Told = [
    proof.checksum,
    // As a kaon that ends between the proof and this leaves an old file beside a new proof.
    ...[proof.graph.number, 0].map((number) => stampText(stamps, number)),
    ...[programs.length, ...programs, edited.length, ...edited],
    ...[lock.place, lock.name, noBytes, before ?? '', after, recipes.length],
    ...recipes.flat(),
  ];
  const bytes = Buffer.from(words.map((text) => `${text}\0`).join(''));
  const checksum = bytesChecksum(bytes);
  host.files.replace(path, Buffer.concat([Buffer.from(`${magic}\0${checksum}\0`), bytes]));
}

/** How long the journal is: what it told was taken. */
const noBytes = '0'.padStart(16, '0');
/** The words before the numbers of subjects. */
const wordsBefore = 5;

interface Subjects {
  readonly programs: readonly ActionId[];
  /** Sources by their numbers in the proof, the last one first. */
  readonly edited: readonly number[];
}

/** What recipes are to be left for. */
function subjects({ host, graph, look }: LeaveRedo, path: string): Subjects {
  if (look === undefined) {
    const programs = [...graph.actions.entries()].flatMap(([id, action]) =>
      isShort(action) ? [id] : [],
    );
    return { programs: programs.length > mostPrograms ? [] : programs, edited: [] };
  }
  const changed = look.changed.length > mostAtOnce ? [] : look.changed;
  const before = readSubjects(host, path, look.checksum);
  const edited = [...new Set([...changed, ...before.edited])].slice(0, mostEdited);
  return { programs: before.programs, edited };
}

/** Those of the last build, provided that its numbers are ours. */
function readSubjects({ files }: Host, path: string, checksum: number): Subjects {
  const text = files.readText(path);
  const most = wordsBefore + 2 + mostPrograms + mostEdited;
  const words = text.ok ? text.value.split('\0', most) : [];
  if (words[0] !== magic || words[2] !== `${checksum}`) return { programs: [], edited: [] };
  const numbers = (at: number): number[] =>
    words.slice(at + 1, at + 1 + Number(words[at])).map(Number);
  const programs = numbers(wordsBefore);
  const edited = numbers(wordsBefore + 1 + programs.length);
  return { programs: programs as ActionId[], edited }; // as written above
}

/** A command that leaves little to do, and whose results are nobody's to remember. */
function isShort({ work, depfile }: Action): boolean {
  return work.kind === 'command' && depfile !== undefined && isIncremental(work);
}

/** An action and the sources that only it reads. */
type Plan = readonly [id: ActionId, sources: readonly number[]];

function toldRecipes(input: RecipeInput, plans: readonly Plan[]): readonly Told[] {
  const possible = plans.flatMap(([id, sources]) => {
    const steps = stepsFrom(input, id);
    return steps === undefined ? [] : [{ steps, sources }];
  });
  if (possible.length === 0) return [];
  const actions = possible.flatMap(({ steps }) => steps.map(({ id }) => id));
  const reads = filesOf(input.proof, actions);
  return possible.flatMap((each) => {
    const recipe = recipeOf(input, { ...each, reads });
    return recipe === undefined ? [] : [recipe];
  });
}

function plansOfPrograms({ proof }: RecipeInput, programs: readonly ActionId[]): readonly Plan[] {
  if (programs.length === 0) return [];
  const sources = new Map<ActionId, number[]>(programs.map((id) => [id, []]));
  for (let file = proof.uses.users.starts.length - 2; file >= 0; file--) {
    const reader = onlyReader(proof, file);
    const own = reader === undefined ? undefined : sources.get(reader);
    if (own !== undefined && proof.path(file).endsWith('.rs')) own.push(file);
  }
  return [...sources];
}

function plansOfSources({ proof, graph }: RecipeInput, edited: readonly number[]): readonly Plan[] {
  const readers = new Map<ActionId, number[]>();
  for (const file of edited) {
    const reader = onlyReader(proof, file);
    if (reader === undefined) continue;
    readers.set(reader, [...(readers.get(reader) ?? []), file]);
  }
  return [...readers].filter(([id]) => {
    const { work } = graph.actions.get(id);
    // Its sources are all in the recipe of the program.
    return work.kind !== 'command' || !isIncremental(work);
  });
}
