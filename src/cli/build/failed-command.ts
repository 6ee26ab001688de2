import { quoteWords } from '../../base/shell-words.ts';
import { type Alone, longestShown } from '../../events/narrate.ts';
import type { ActionId, Graph } from '../../graph/graph.ts';
import { commandLine, commandScript, withoutShell } from '../../graph/shell-line.ts';
import type { Files } from '../../host/host.ts';
import { crateRule } from '../../model/crate-rule.ts';
import { privateFolder } from '../../store/setup/setup-state.ts';

/** Commands of Cargo's making: Cargo shows them to none but those who ask for all. */
const madeByCargo = new Set<string>([crateRule.compile, crateRule.script]);

/** Enough to see what was run on which source. */
const longestPart = 400;

/**
 * A command that failed, short enough to be read before what it said: without its variables, and cut where
 * it is too long still; of crates not at all. A script beside the build's own files runs it whole. Undefined
 * where its line can be shown as it is.
 */
export function failedCommand(
  files: Files,
  { buildRoot, graph }: { readonly buildRoot: string; readonly graph: Graph },
  action: ActionId,
): Alone | undefined {
  const { work, description, rule } = graph.actions.get(action);
  if (work.kind !== 'command' || commandLine(work).length <= longestShown) return undefined;
  const script = `${privateFolder}/failed/${action}.sh`;
  const text = commandScript(work, { description, folder: buildRoot });
  files.makeDirectory(`${buildRoot}/${privateFolder}/failed`);
  if (!files.replace(`${buildRoot}/${script}`, text).ok) return undefined;
  const command = madeByCargo.has(rule) ? undefined : cut(quoteWords(withoutShell(work.argv)));
  return { command, script };
}

/** Between two words. */
function cut(line: string): string {
  if (line.length <= longestPart) return line;
  const end = line.lastIndexOf(' ', longestPart);
  return `${line.slice(0, end > 0 ? end : longestPart)} …`;
}
