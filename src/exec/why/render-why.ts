import { unreachable } from '../../base/assert.ts';
import type { ActionId, Graph } from '../../graph/graph.ts';
import { actionKey } from '../command-text.ts';
import type { GraphFault } from '../order/select-actions.ts';
import type { BuildPlan } from '../plan-build.ts';
import { chainToStale } from './chain-to-stale.ts';
import type { Stale } from './why-stale.ts';

/** Why things would be built, as people read it; of those that were asked for also what they hang on. */
export function renderWhy(graph: Graph, plan: BuildPlan, asked: readonly ActionId[]): string {
  const { stale, undecided } = plan;
  const lines = [...stale].map(
    ([id, why]) =>
      `${graph.actions.get(id).description}\n  ${renderStale(why).replaceAll('\n', '\n  ')}`,
  );
  const unsure = [...new Set(asked)].filter((id) => undecided.has(id));
  for (const id of unsure) {
    const [first] = chainToStale(plan, id).map((each) => graph.actions.get(each));
    const needed = first === undefined ? 'what it needs' : actionKey(graph, first);
    lines.push(`${graph.actions.get(id).description}\n  if ${needed} comes out different.`);
  }
  const more = undecided.size - unsure.length;
  if (more > 0) lines.push(`${more} more, if what they need comes out different`);
  if (stale.size === 0) lines.push('Nothing would be built: all is up to date.');
  return lines.join('\n');
}

/** Why an action runs, as the end of a sentence that names its output. */
export function renderStale(stale: Stale): string {
  switch (stale.kind) {
    case 'always-runs':
      return 'it runs in every build.';
    case 'never-built':
      return 'it was never built here.';
    case 'command-changed':
      return `its command changed.\n${difference(stale.before, stale.now)}`;
    case 'input-added':
      return `${stale.path} is an input now.`;
    case 'input-removed':
      return `${stale.path} is no input any more.`;
    case 'input-changed':
      return stale.discovered
        ? `${stale.path}, which it read, changed.`
        : `its input ${stale.path} changed.`;
    case 'input-missing':
      return stale.discovered
        ? `${stale.path}, which it read, is not there any more.`
        : `its input ${stale.path} is not there.`;
    case 'found-first':
      return `${stale.path} is new, and would be found before ${stale.instead}, which it read.`;
    case 'environment-changed':
      return `the variable ${stale.name}, which it read, was ${quoted(stale.before)} and is ${quoted(stale.now)}.`;
    case 'output-missing':
      return `${stale.path} is not there.`;
    case 'output-changed':
      return `${stale.path} was changed by someone else since it was made.`;
    default:
      return unreachable(stale);
  }
}

/** Why a build cannot start. */
export function renderGraphFault(fault: GraphFault): string {
  switch (fault.kind) {
    case 'unknown-goal': {
      const hint = fault.similar === undefined ? '' : ` (did you mean \`${fault.similar}\`?)`;
      return `There is nothing to build of the name \`${fault.name}\`${hint}`;
    }
    case 'cycle':
      return `Dependency cycle: ${fault.paths.join(' -> ')}`;
    case 'missing-input':
      return `${fault.path} is missing and nothing makes it; ${fault.neededBy} needs it`;
    default:
      return unreachable(fault);
  }
}

function quoted(value: string | undefined): string {
  return value === undefined ? 'not set' : `"${value}"`;
}

/** More words than that are counted. */
const mostShown = 20;

/** The words that came and went; of one word that became another the first letter that differs. See command-text.ts for the parts. */
function difference(before: readonly string[], now: readonly string[]): string {
  const gone = without(before.slice(1), now.slice(1));
  const come = without(now.slice(1), before.slice(1));
  const [was, is] = [gone[0], come[0]];
  if (was === undefined && is === undefined) return '  the order of its words';
  if (was !== undefined && is !== undefined && gone.length + come.length === 2) {
    let same = 0;
    while (same < was.length && was[same] === is[same]) same++;
    const pair = `  - ${onOneLine(was)}\n  + ${onOneLine(is)}`;
    return same === 0 ? pair : `${pair}\n${' '.repeat(onOneLine(was.slice(0, same)).length + 4)}^`;
  }
  return [...listed('-', gone), ...listed('+', come)].join('\n');
}

/** What is in one list more often than in another. */
function without(all: readonly string[], others: readonly string[]): readonly string[] {
  const rest = new Map<string, number>();
  for (const other of others) rest.set(other, (rest.get(other) ?? 0) + 1);
  return all.filter((word) => {
    const left = rest.get(word) ?? 0;
    rest.set(word, left - 1);
    return left <= 0;
  });
}

function listed(sign: string, words: readonly string[]): readonly string[] {
  const shown = words.slice(0, mostShown).map((word) => `  ${sign} ${onOneLine(word)}`);
  const more = words.length - shown.length;
  return more > 0 ? [...shown, `  ${sign} … and ${more} more`] : shown;
}

function onOneLine(word: string): string {
  return word.replaceAll('\n', '\\n');
}
