import { setTimeout as sleep } from 'node:timers/promises';
import type { ActionId } from '../graph/graph.ts';
import type { SeenFile } from '../store/no-op-proof.ts';
import { type BuildContext, environmentOf } from './build-context.ts';
import { actionKey, heeded } from './command-text.ts';
import { actionOf, type Selection } from './select-actions.ts';

/** What was found when nothing was left to do. While it is so, nothing is. */
export interface Witness {
  readonly files: readonly SeenFile[];
  /** Names of the variables that were heeded. */
  readonly variables: readonly string[];
}

/** How much is read again for a witness, so that a build that made much is not made longer. */
const mostFiles = 64;
const mostBytes = 1 << 24;
/** After this time no change can hide in the tick in which a file was made. */
const settlingMs = 25;

/**
 * All that says that what was selected is up to date; nothing where that cannot be told from files
 * and variables. To be asked when all of it is.
 */
export async function witness(
  context: BuildContext,
  selection: Selection,
): Promise<Witness | undefined> {
  const { graph } = context;
  const actions: ActionId[] = [];
  for (const node of selection.order) {
    const id = actionOf(selection, node);
    if (id === undefined) continue;
    if (graph.actions.get(id).alwaysRun) return undefined;
    actions.push(id);
  }
  const candidates = programCandidates(context);
  if (candidates === undefined || !(await settle(context))) return undefined;
  const files = context.files.seen();
  if (files === undefined) return undefined;
  return { files: [...files, ...candidates], variables: variablesOf(context, actions) };
}

/** Reads again what was so new when it was read that a later change might not have shown; false when something did change. */
async function settle({ files }: BuildContext): Promise<boolean> {
  const fresh = files.unsettled();
  if (fresh.length === 0) return true;
  const bytes = fresh.reduce((sum, { size }) => sum + size, 0);
  if (fresh.length > mostFiles || bytes > mostBytes) return false;
  await sleep(settlingMs);
  return fresh.every(({ path }) => {
    const before = files.content(path);
    files.forget(path);
    return files.content(path) === before;
  });
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

function variablesOf(context: BuildContext, actions: readonly ActionId[]): readonly string[] {
  const { graph, log, host } = context;
  const names = new Set(['PATH', ...heeded]);
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
