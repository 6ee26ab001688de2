import { posix } from 'node:path';
import type { Command } from 'commander';
import { didYouMean } from '../../base/close-match.ts';
import { err, ok, type Result } from '../../base/result.ts';
import {
  addedTargetTypes,
  keywordOperations,
  type RewriteCommand,
  readCommands,
} from '../../rewrite/command.ts';
import { keywordFunctions } from '../../rewrite/keyword-command.ts';
import { rewrite } from '../../rewrite/rewriter.ts';
import { exitCodes, type Session } from '../session.ts';
import { passThrough } from '../setup/whole-options.ts';
import { refuse } from '../terminal/refuse.ts';
import { flag, parseWords, text, type Usage } from '../words/parse-words.ts';

/** `kaon rewrite [-s DIR] [-V] [-S] {target|kwargs|default-options|command} …` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const { host, terminal } = session;
  const parsed = parseWords(terminal, { name: 'rewrite', summary, define }, words);
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  const [type, ...rest] = operands;
  const kind = kinds.find(({ names }) => names.includes(type ?? ''));
  if (kind === undefined) {
    if (type === undefined) return refuse(session, 'No command specified');
    const known = kinds.map(({ names: [name] }) => name);
    const list = known.join(', ');
    refuse(session, `There is no command '${type}' (${list}).${didYouMean(type, known)}`);
    return exitCodes.usage;
  }
  const usage = { ...kind, name: `rewrite ${kind.names[0]}` };
  const own = parseWords(terminal, usage, rest);
  if (own.kind === 'exit') return own.code;
  const commands = kind.commands(session, own.operands, (name) => text(own.options, name));
  if (!commands.ok) return refuse(session, commands.error);
  const from = host.system.workingDirectory;
  const isVerbose = flag(options, 'verbose');
  const done = rewrite(
    {
      files: host.files,
      root: posix.resolve(from, text(options, 'sourcedir') ?? '.'),
      from,
      skipErrors: flag(options, 'skipErrors'),
      listener: (level, line) => {
        const prefix = level === 'log' ? '' : `${level.toUpperCase()}: `;
        if (level !== 'log' || isVerbose) terminal.printError(prefix + line);
      },
    },
    commands.value,
  );
  if (!done.ok) {
    terminal.printError(`ERROR: ${done.error}`);
    return exitCodes.failed;
  }
  if (Object.keys(done.value).length > 0) terminal.write(JSON.stringify(done.value, undefined, 2));
  return exitCodes.ok;
}

const summary = 'Change build files, and keep their comments and layout.';

function define(command: Command): void {
  const width = Math.max(...kinds.map(({ names: [name] }) => name.length));
  const list = kinds.map((kind) => `  ${kind.names[0].padEnd(width)}  ${kind.summary}`);
  passThrough(command)
    .argument('[command...]', 'What to change, and how')
    .addHelpText('after', `\nCommands:\n${list.join('\n')}`)
    .option('-s, --sourcedir <dir>', "The project's folder")
    .option('-V, --verbose', 'Tell what is done')
    .option('-S, --skip-errors', 'Go on where something cannot be done');
}

interface Kind extends Usage {
  readonly names: readonly [string, ...string[]];
  readonly commands: (
    session: Session,
    operands: readonly string[],
    option: (name: string) => string | undefined,
  ) => Result<readonly RewriteCommand[], string>;
}

const operations: Readonly<Record<string, string>> = {
  add: 'src_add',
  rm: 'src_rm',
  add_target: 'target_add',
  rm_target: 'target_rm',
  add_extra_files: 'extra_files_add',
  rm_extra_files: 'extra_files_rm',
  info: 'info',
};

const kinds: readonly Kind[] = [
  {
    name: '',
    names: ['target', 'tgt'],
    summary: 'Change a target.',
    define: (command) =>
      command
        .argument('<target>', 'Its name or id, or a variable that holds it')
        .argument('<operation>', Object.keys(operations).join(', '))
        .argument('[sources...]', 'Files to add or remove')
        .option('-s, --subdir <dir>', 'The folder of a new target')
        .option('--type <type>', `Of a new target: ${addedTargetTypes.join(', ')}`),
    commands: (_session, [target = '', said = '', ...sources], option) => {
      const operation = operations[said];
      if (operation === undefined)
        return err(
          `There is no operation '${said}' of targets: ${Object.keys(operations).join(', ')}`,
        );
      const subdir = option('subdir') ?? '';
      const target_type = option('type') ?? 'executable';
      return readCommands([{ type: 'target', target, operation, sources, subdir, target_type }]);
    },
  },
  {
    name: '',
    names: ['kwargs'],
    summary: 'Change keywords of a function.',
    define: (command) =>
      command
        .argument('<operation>', keywordOperations.join(', '))
        .argument('<function>', keywordFunctions.join(', '))
        .argument('<id>', 'Which call: a target or dependency; `/` for project')
        .argument('[kwargs...]', 'Pairs of keyword and value; for delete keywords'),
    commands: (_session, [operation = '', name = '', id = '', ...rest]) => {
      const kwargs = pairs(operation, rest);
      return kwargs.ok
        ? readCommands([{ type: 'kwargs', function: name, id, operation, kwargs: kwargs.value }])
        : kwargs;
    },
  },
  {
    name: '',
    names: ['default-options', 'def'],
    summary: 'Change default options of the project.',
    define: (command) =>
      command
        .argument('<operation>', 'set, delete')
        .argument('[options...]', 'Pairs of option and value; for delete options'),
    commands: (_session, [operation = '', ...rest]) => {
      const options = pairs(operation, rest);
      return options.ok
        ? readCommands([{ type: 'default_options', operation, options: options.value }])
        : options;
    },
  },
  {
    name: '',
    names: ['command', 'cmd'],
    summary: 'Run a list of commands in JSON.',
    define: (command) => command.argument('<json>', 'The text, or a file with it'),
    commands: ({ host }, [json = '']) => {
      const path = posix.resolve(host.system.workingDirectory, json);
      const file = host.files.isFile(path) ? host.files.readText(path) : undefined;
      try {
        return readCommands(JSON.parse(file?.ok === true ? file.value : json));
      } catch (error) {
        return err(`This is no JSON: ${error instanceof Error ? error.message : error}`);
      }
    },
  },
];

/** Words as a dictionary: pairs, or for `delete` names alone. */
function pairs(
  operation: string,
  words: readonly string[],
): Result<Readonly<Record<string, string | null>>, string> {
  if (operation === 'delete') {
    // Older Meson wanted values here too.
    const isPaired =
      words.length % 2 === 0 && words.every((word, at) => at % 2 === 0 || word === '');
    const names = isPaired ? words.filter((_word, at) => at % 2 === 0) : words;
    return ok(Object.fromEntries(names.map((name) => [name, null])));
  }
  if (words.length % 2 !== 0) return err('List of key/value pairs must have an even length.');
  return ok(
    Object.fromEntries(
      words.flatMap((word, at) => (at % 2 === 0 ? [[word, words[at + 1] ?? '']] : [])),
    ),
  );
}
