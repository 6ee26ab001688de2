import { NumberRow } from '../base/number-row.ts';
import type { Action, ActionId } from '../graph/graph.ts';
import { toolVariables } from '../graph/tool-variables.ts';
import { numberLists } from '../store/format/number-lists.ts';
import { NumberPairs } from '../store/format/number-pairs.ts';
import type { ContentId } from '../store/log/action-record.ts';
import { type ListedFolders, nameNumber, namesNumber } from '../store/no-op/listed-folders.ts';
import type { Grown } from '../store/no-op/no-op-look.ts';
import type { Captured, FileUses, ProvedFolder, SeenFile } from '../store/no-op/no-op-proof.ts';
import { type BuildContext, environmentOf } from './build-context.ts';
import { actionKey } from './command-text.ts';
import { type SeenContent, settlingMs } from './file-table.ts';
import { isOutside } from './inputs/folder-listing.ts';
import { actionOf, type Selection } from './order/select-actions.ts';
import { grownSince, type SinceLook } from './since-look.ts';

/** What the build saw when nothing was left to do. While that holds, only what runs each time is to be done. */
export type Witness =
  | {
      readonly kind: 'whole';
      /** Those that are there and are no links come first. */
      readonly files: readonly SeenFile[];
      readonly uses: FileUses;
      readonly captured: readonly Captured[] | undefined;
      /** Where headers are looked for. */
      readonly folders: readonly ProvedFolder[];
      readonly names: Uint32Array;
      /** Names of the variables that were heeded. */
      readonly variables: readonly string[];
    }
  /** All is as in a look, but for these. */
  | ({ readonly kind: 'since' } & Grown);

/** The most bytes to read again for a witness, so that a large build does not take longer for it. */
const mostFiles = 64;
const mostBytes = 1 << 26;

/** What is known already, so that it need not be found out for the witness. */
export interface WitnessOptions {
  readonly since?: SinceLook | undefined;
  readonly listed?: ListedFolders | undefined;
}

/**
 * All that says that what was selected is up to date; nothing where that cannot be told from files
 * and variables. To be asked when all of it is.
 */
export async function witness(
  context: BuildContext,
  selection: Selection,
  { since, listed }: WitnessOptions = {},
): Promise<Witness | undefined> {
  const actions: ActionId[] = [];
  for (const node of selection.order) {
    const id = actionOf(selection, node);
    if (id === undefined) continue;
    actions.push(id);
  }
  const candidates = programCandidates(context);
  if (candidates === undefined || !holdLinks(context, actions)) return undefined;
  if (!(await settle(context))) return undefined;
  const seen = context.files.seen();
  if (seen === undefined) return undefined;
  const variables = variablesOf(context, actions);
  if (since !== undefined) {
    if (variables.length !== always.length) return undefined;
    const grown = grownSince(context, since, { actions, seen });
    return grown && { kind: 'since', ...grown, ...(listed && { names: namesOf(listed) }) };
  }
  const plain = seen.filter((file) => file.isPlain);
  const others = seen.filter((file) => !file.isPlain);
  const uses = fileUses(context, actions, plain);
  const captured = capturedOf(context, uses.always);
  return {
    kind: 'whole',
    files: [...plain, ...others, ...candidates],
    uses,
    captured,
    variables,
    folders: provedFolders(listed),
    names: namesOf(listed),
  };
}

function namesOf(listed: ListedFolders | undefined): Uint32Array {
  return Uint32Array.from(listed?.names ?? [], nameNumber);
}

/** What commands write into folders of the build directory is no news. */
function provedFolders(listed: ListedFolders | undefined): readonly ProvedFolder[] {
  return [...(listed?.folders.values() ?? [])]
    .filter(({ path }) => isOutside(path))
    .map(({ path, stamp, names }) => ({ path, stamp, names: namesNumber(names) }));
}

/** Which actions the files concern, both by number. */
function fileUses(
  { graph, log }: BuildContext,
  actions: readonly ActionId[],
  files: readonly SeenContent[],
): FileUses {
  const numbers = new NumberRow();
  for (const [number, { content }] of files.entries()) numbers.set(content, number + 1);
  const numbersOf = (contents: readonly ContentId[]): readonly number[] =>
    contents.map((content) => numbers.get(content) - 1).filter((number) => number >= 0);
  const uses = new NumberPairs();
  const made: (readonly number[])[] = Array.from({ length: graph.actions.size }, () => nothing);
  for (const id of actions) {
    const record = log.action(actionKey(graph, graph.actions.get(id)));
    if (record === undefined) continue;
    const { inputs, discovered, outputs } = record;
    for (const used of [inputs, discovered, outputs])
      for (const number of numbersOf(used)) uses.add(number, id);
    if (outputs.length > 0) made[id] = numbersOf(outputs);
  }
  for (const [id, number] of madeBelow(files, made)) made[id] = [...(made[id] ?? []), number];
  const always = actions.filter((id) => graph.actions.get(id).alwaysRun);
  return {
    users: uses.lists(files.length),
    made: numberLists(made),
    always: Uint32Array.from(always),
  };
}

const nothing: readonly number[] = [];

/** By the numbers of actions, the files in folders that they made. */
function madeBelow(
  files: readonly SeenContent[],
  made: readonly (readonly number[])[],
): readonly (readonly [action: number, file: number])[] {
  const isFolder = (number: number): boolean => files[number]?.signature?.kind === 'directory';
  const makers = new Map<string, number>();
  for (const [id, numbers] of made.entries())
    for (const number of numbers) if (isFolder(number)) makers.set(files[number]?.path ?? '', id);
  if (makers.size === 0) return [];
  return files.flatMap(({ path }, number) => {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const maker = makers.get(path.slice(0, end));
      if (maker !== undefined) return made[maker]?.includes(number) ? [] : [[maker, number]];
    }
    return [];
  });
}

/** What runs each time, unless one of it is more than a command whose output is kept. */
function capturedOf({ graph }: BuildContext, always: Uint32Array): readonly Captured[] | undefined {
  const found: Captured[] = [];
  for (const number of always) {
    const action = graph.actions.get(number as ActionId); // as fileUses() wrote them
    const captured = asCaptured(action);
    const [output, ...others] = action.outputs.map((file) => graph.files.get(file));
    if (captured?.output !== output || others.length > 0) return undefined;
    if (captured !== undefined) found.push(captured);
  }
  return found;
}

function asCaptured({ work, depfile, pool }: Action): Captured | undefined {
  if (work.kind !== 'command' || work.stdout === undefined) return undefined;
  const { argv, cwd, stdin, stdout, response, environment } = work;
  const other = [cwd, stdin, response, depfile, pool, ...environment];
  return other.some((each) => each !== undefined) ? undefined : { output: stdout, argv };
}

/**
 * A link to what is made anew has another change time, once its original has gone, and is looked at
 * again. False when it holds something else.
 */
function holdLinks({ graph, files }: BuildContext, actions: readonly ActionId[]): boolean {
  return actions.every((id) => {
    const { work } = graph.actions.get(id);
    const isLink = work.kind === 'copy' && work.linked === true;
    return !isLink || !files.isKnown(work.to) || !files.hasChanged(work.to);
  });
}

/** Reads again what was so new when it was read that a later change might not have shown; false when something did change. */
async function settle({ files, host }: BuildContext): Promise<boolean> {
  const fresh = files.unsettled();
  if (fresh.length === 0) return true;
  const bytes = fresh.reduce((sum, { size }) => sum + size, 0);
  if (fresh.length > mostFiles || bytes > mostBytes) return false;
  await host.clock.pause(settlingMs);
  return fresh.every(({ path }) => files.settle(path));
}

/** Places where programs were looked for before they were found: one that appears there is another program. */
function programCandidates({ programs, host }: BuildContext): readonly SeenFile[] | undefined {
  const seen = new Map<string, SeenFile>();
  for (const [key, found] of programs) {
    const [folders = '', name = ''] = key.split('\0');
    for (const folder of folders.split(':')) {
      if (!folder.startsWith('/')) return undefined;
      const path = `${folder}/${name}`;
      if (path === found) break;
      // What is there and is no program is rare enough to go without a witness.
      if (host.files.lstat(path) !== undefined) return undefined;
      seen.set(path, { path, signature: undefined });
    }
  }
  return [...seen.values()];
}

const always = ['PATH', ...toolVariables];

function variablesOf(context: BuildContext, actions: readonly ActionId[]): readonly string[] {
  const { graph, log, host } = context;
  const names = new Set(always);
  for (const id of actions) {
    const action = graph.actions.get(id);
    const environment = log.action(actionKey(graph, action))?.environment ?? [];
    if (environment.length === 0) continue;
    const own = environmentOf(context, action);
    for (const { name } of environment) {
      // What the action sets for itself is a part of its command.
      if (own[name] === host.system.environment[name]) names.add(name);
    }
  }
  return [...names];
}
