import { unreachable } from '../base/assert.ts';
import type { Environment, EnvironmentChange } from '../base/environment.ts';
import type { Action, Command, Graph } from '../graph/graph.ts';
import { hashBytes, hexOf } from '../store/format/file-content.ts';
import type { CommandText } from '../store/log/action-record.ts';

/** Variables that compilers and linkers heed without being told to: a change of one changes the command. */
export const heeded: readonly string[] = [
  'COMPILER_PATH',
  'CPATH',
  'CPLUS_INCLUDE_PATH',
  'C_INCLUDE_PATH',
  'GCC_EXEC_PREFIX',
  'LIBRARY_PATH',
  'MACOSX_DEPLOYMENT_TARGET',
  'OBJC_INCLUDE_PATH',
  'SDKROOT',
  'SOURCE_DATE_EPOCH',
];

/** Variables that tell who asked, not what is made: Cargo does not count them either. */
const passing: ReadonlySet<string> = new Set(['CARGO_PRIMARY_PACKAGE']);

/** Commands whose depfile names the variables that were read, which the log compares one by one. */
const namesVariables: ReadonlySet<string> = new Set(['rust_UNIT', 'rust_DOCUMENTATION']);

/**
 * Commands whose last word says for whom they write down what they find: more or fewer of these ask for no
 * other run. So their outputs do not count either.
 */
const saysForWhom: ReadonlySet<string> = new Set(['rust_BUILD_SCRIPT']);

/**
 * What a package says of itself to people: Cargo compiles for a change of it only what read it, and runs no
 * build script again, whatever that read.
 */
const saidToPeople =
  /^CARGO_PKG_(?:AUTHORS|DESCRIPTION|HOMEPAGE|LICENSE|LICENSE_FILE|README|REPOSITORY|RUST_VERSION)$/;

/** Variables that rustc, what it loads and the linker heed without naming them. */
const steersRustc = /^(?:(?:CARGO|RUST|LD_|DYLD_).*|PATH|LIB|.*_DEPLOYMENT_TARGET)$/;

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
  if (!saysForWhom.has(action.rule))
    for (const output of action.outputs) parts.push(`output=${graph.files.get(output)}`);
  return { digest: hashBytes(parts.join('\0')), parts };
}

function workParts(action: Action, environment: Environment): readonly string[] {
  const { work } = action;
  switch (work.kind) {
    case 'command':
      return commandParts(
        saysForWhom.has(action.rule) ? withoutAudience(work) : work,
        environment,
        (name) => counts(action, name),
      );
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

function withoutAudience(work: Command): Command {
  return { ...work, argv: work.argv.slice(0, -1) };
}

/** What commands write beside what their text tells. */
export function audienceOf({ rule, work }: Action): readonly string[] {
  return saysForWhom.has(rule) && work.kind === 'command' ? work.argv.slice(-1) : [];
}

/** Whether a variable that a command sets is a part of it, whoever reads it. */
function counts({ rule, depfile }: Action, name: string): boolean {
  if (passing.has(name)) return false;
  if (saysForWhom.has(rule)) return !saidToPeople.test(name);
  if (depfile === undefined || !namesVariables.has(rule)) return true;
  return heeded.includes(name) || (steersRustc.test(name) && !saidToPeople.test(name));
}

function commandParts(
  command: Command,
  environment: Environment,
  isPart: (name: string) => boolean,
): readonly string[] {
  const parts = [`${command.argv.length}`, ...command.argv];
  if (command.cwd !== undefined) parts.push(`cwd=${command.cwd}`);
  if (command.stdin !== undefined) parts.push(`stdin=${command.stdin}`);
  if (command.stdout !== undefined) parts.push(`stdout=${command.stdout}`);
  if (command.given !== undefined) {
    parts.push(`rspfile=${command.given.path}`, `rspfile content=${command.given.content}`);
  }
  for (const change of command.environment)
    if (isPart(change.name)) parts.push(`environment ${changeText(change)}`);
  for (const name of heeded) {
    const value = environment[name];
    if (value !== undefined) parts.push(`environment ${name}=${value}`);
  }
  return parts;
}

/** All variables that a command sets. What rustc loads may read them, and no depfile names those. */
export function variableParts({ environment }: Command): readonly string[] {
  return environment.filter(({ name }) => !passing.has(name)).map(changeText);
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
