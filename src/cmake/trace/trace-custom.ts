import type { Trace } from './trace-facts.ts';
import type { TraceLine } from './trace-lines.ts';

const keywords = new Set([
  ...['OUTPUT', 'COMMAND', 'MAIN_DEPENDENCY', 'DEPENDS', 'BYPRODUCTS', 'IMPLICIT_DEPENDS'],
  ...['WORKING_DIRECTORY', 'COMMENT', 'DEPFILE', 'JOB_POOL', 'VERBATIM', 'APPEND'],
  ...['USES_TERMINAL', 'COMMAND_EXPAND_LISTS', 'SOURCES', 'DEPENDS_EXPLICIT_ONLY'],
  ...['JOB_SERVER_AWARE', 'PRE_BUILD', 'PRE_LINK', 'POST_BUILD', 'ARGS', 'CODEGEN'],
]);

/** `add_custom_command` and `add_custom_target`. */
export function customCommand(trace: Trace, line: TraceLine): void {
  const { command, sourceDir } = line;
  // Lists reach CMake as one argument with semicolons.
  const args = line.args.flatMap((arg) => arg.split(';'));
  const place = { file: line.file, line: line.line };
  if (command === 'add_custom_command' && args[0] === 'TARGET') {
    trace.unsupported.push({
      what: `What is to be done around the linking of CMake target "${args[1] ?? ''}" (add_custom_command with TARGET) is left out.`,
      place,
    });
    return;
  }
  const name = command === 'add_custom_target' ? args[0] : undefined;
  if (command === 'add_custom_target' && name === undefined) return;
  const words = partsOf(name === undefined ? args : args.slice(1));
  if (args.includes('APPEND') && appended(trace, words)) return;
  trace.customCommands.push({
    name,
    outputs: words.outputs,
    byproducts: words.byproducts,
    commands: words.commands,
    depends: words.depends,
    workingDirectory: words.directory.length === 0 ? undefined : words.directory.join(' '),
    depfile: words.depfile[0],
    sourceDir,
    place,
  });
  if (name !== undefined)
    trace.targets.set(name, {
      name,
      type: 'CUSTOM',
      imported: false,
      properties: new Map(),
      // The command's own: what `add_dependencies` adds belongs to it.
      depends: words.depends,
    });
}

interface Parts {
  readonly outputs: string[];
  readonly byproducts: string[];
  readonly commands: string[][];
  readonly depends: string[];
  readonly directory: string[];
  readonly depfile: string[];
}

function partsOf(args: readonly string[]): Parts {
  const parts: Parts = {
    outputs: [],
    byproducts: [],
    commands: [],
    depends: [],
    directory: [],
    depfile: [],
  };
  // A custom target's first command may come without its keyword.
  let leading = true;
  let into: string[] | undefined;
  for (const [at, arg] of args.entries()) {
    if (arg === 'ARGS' || (at === 0 && arg === 'ALL')) continue;
    if (keywords.has(arg)) {
      leading = false;
      if (arg === 'COMMAND') parts.commands.push([]);
      into = listOf(parts, arg);
      continue;
    }
    if (leading) {
      leading = false;
      into = [];
      parts.commands.push(into);
    }
    into?.push(arg);
  }
  return parts;
}

function listOf(parts: Parts, keyword: string): string[] | undefined {
  switch (keyword) {
    case 'OUTPUT':
      return parts.outputs;
    case 'BYPRODUCTS':
      return parts.byproducts;
    case 'COMMAND':
      return parts.commands.at(-1);
    case 'DEPENDS':
    case 'MAIN_DEPENDENCY':
      return parts.depends;
    case 'WORKING_DIRECTORY':
      return parts.directory;
    case 'DEPFILE':
      return parts.depfile;
    default:
      return undefined;
  }
}

/** `APPEND` adds to the command that makes the first output; whether there is one. */
function appended({ customCommands }: Trace, { outputs, commands, depends }: Parts): boolean {
  const [output = ''] = outputs;
  const at = customCommands.findIndex((one) => one.outputs.includes(output));
  const earlier = customCommands[at];
  if (earlier === undefined) return false;
  customCommands[at] = {
    ...earlier,
    commands: [...earlier.commands, ...commands],
    depends: [...earlier.depends, ...depends],
  };
  return true;
}
