import { unreachable } from '../base/assert.ts';
import type { Environment, EnvironmentChange } from '../base/environment.ts';
import type { Action, Command, Graph } from '../graph/graph.ts';
import { toolVariables } from '../graph/tool-variables.ts';
import { hashBytes, hexOf } from '../store/format/file-content.ts';
import type { CommandText } from '../store/log/action-record.ts';

/** What names an action from build to build: its first output, or what it says it does. */
export function actionKey(graph: Graph, action: Action): string {
  const [first] = action.outputs;
  return first === undefined ? `goal:${action.description}` : graph.files.get(first);
}

/**
 * All that a command is, as texts: for a process the number of arguments, the arguments, and the
 * rest with a name before it (`cwd=…`). Two commands with equal texts do the same to the same files.
 */
export function commandText(graph: Graph, action: Action, environment: Environment): CommandText {
  const parts = [...workParts(action, environment)];
  if (action.depfile !== undefined) {
    parts.push(`depfile=${action.depfile.path}`, `depfile format=${action.depfile.format}`);
  }
  if (action.includeLines !== undefined) parts.push(`lines of inputs=${action.includeLines}`);
  if (!hasAudience(action))
    for (const output of action.outputs) parts.push(`output=${graph.files.get(output)}`);
  return { digest: hashBytes(parts.join('\0')), parts };
}

function workParts({ work }: Action, environment: Environment): readonly string[] {
  switch (work.kind) {
    case 'command':
      return commandParts(work, environment);
    case 'copy':
      return ['2', `copy ${work.from}`, work.to];
    case 'symlink':
      return ['2', `link to ${work.target}`, work.path];
    case 'write':
      return ['2', `write ${hexOf(hashBytes(work.content))}`, work.path];
    case 'symbols':
      return [`${work.tool.length}`, ...work.tool, `library=${work.library}`];
    default:
      return unreachable(work);
  }
}

/** For whom a command writes down what it finds, which is no part of what it is. */
export function audienceOf(action: Action): readonly string[] {
  return hasAudience(action) ? action.work.argv.slice(-1) : [];
}

function hasAudience(action: Action): action is Action & { readonly work: Command } {
  return action.work.kind === 'command' && action.work.lastWordIsAudience === true;
}

function commandParts(command: Command, environment: Environment): readonly string[] {
  const words = command.lastWordIsAudience === true ? command.argv.slice(0, -1) : command.argv;
  const parts = [`${words.length}`, ...words];
  if (command.cwd !== undefined) parts.push(`cwd=${command.cwd}`);
  if (command.stdin !== undefined) parts.push(`stdin=${command.stdin}`);
  if (command.stdout !== undefined) parts.push(`stdout=${command.stdout}`);
  if (command.given !== undefined) {
    parts.push(`rspfile=${command.given.path}`, `rspfile content=${command.given.content}`);
  }
  for (const change of command.environment)
    if (change.counts === undefined) parts.push(`environment ${changeText(change)}`);
  for (const name of toolVariables) {
    const value = environment[name];
    if (value !== undefined) parts.push(`environment ${name}=${value}`);
  }
  return parts;
}

/** All variables that a command sets and that may change what it makes, whether a depfile would name them or not. */
export function variableParts({ environment }: Command): readonly string[] {
  return environment.filter(({ counts }) => counts !== 'never').map(changeText);
}

function changeText(change: EnvironmentChange): string {
  switch (change.kind) {
    case 'set':
      return `${change.name}=${change.value}`;
    case 'unset':
      return `${change.name} unset`;
    case 'append':
      return `${change.name}+=${change.separator}${change.value}`;
    case 'prepend':
      return `${change.name}=+${change.value}${change.separator}`;
    default:
      return unreachable(change);
  }
}
