import { posix } from 'node:path';
import { type Command, Option } from 'commander';
import { err, ok, type Result } from '../../base/result.ts';
import { quoteWords } from '../../base/shell-words.ts';
import { exitCodes, passedOnEnd, type Session } from '../session.ts';
import { findBuildDirectory } from '../setup/build-directory.ts';
import {
  type DeveloperEnvironment,
  type DumpFormat,
  developerEnvironmentPath,
  dumpEnvironment,
  environmentFor,
  loadDeveloperEnvironment,
} from '../setup/developer-environment.ts';
import { layGdbHelpers } from '../setup/gdb-helpers.ts';
import { passThrough } from '../setup/whole-options.ts';
import { damaged } from '../setup/written-json.ts';
import { refuse } from '../terminal/refuse.ts';
import { parseWords, text } from '../words/parse-words.ts';

/** `kaon devenv [OPTIONS] [COMMAND …]` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const summary = 'Run a command, or a shell, in which what was built is found.';
  const parsed = parseWords(session.terminal, { name: 'devenv', summary, define }, words);
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  const { host, terminal } = session;
  const found = load(session, text(options, 'C'));
  if (!found.ok) return refuse(session, found.error);
  const { buildRoot, developer } = found.value;
  const dump = options['dump'];
  if (dump !== undefined) {
    if (operands.length > 0) {
      return refuse(session, '--dump option does not allow running other command.');
    }
    // One of the option's choices.
    const shown = dumpEnvironment(developer, text(options, 'dumpFormat') as DumpFormat);
    if (typeof dump !== 'string') terminal.write(shown);
    else {
      const path = posix.resolve(host.system.workingDirectory, dump);
      const written = host.files.write(path, shown);
      if (!written.ok) return refuse(session, `${path}: ${written.error.reason}`);
    }
    return exitCodes.ok;
  }
  if (developer.exeWrapper !== undefined)
    terminal.print(
      `An executable wrapper could be required: ${quoteWords(developer.exeWrapper)}`.trimEnd(),
    );
  const named = text(options, 'workdir');
  const workdir =
    named === undefined ? buildRoot : posix.resolve(host.system.workingDirectory, named);
  if (!host.files.isDirectory(workdir)) return refuse(session, `${workdir} is no directory.`);
  const helpers = developer.gdbHelpers ?? [];
  for (const line of layGdbHelpers(host, { helpers, buildRoot, workdir })) terminal.print(line);
  const environment = environmentFor(developer, host.system.environment);
  const shell = operands.length === 0 ? shellIn(session, { buildRoot, developer }) : undefined;
  return runIn(session, {
    argv: shell?.argv ?? operands,
    workingDirectory: workdir,
    environment: { ...environment, ...shell?.environment },
  });
}

function define(command: Command): void {
  passThrough(command)
    .argument('[command...]', 'What to run, with its arguments; a shell when not given')
    .option('-C <dir>', 'The build directory')
    .option('-w, --workdir <dir>', 'Where to run it; the build directory when not given')
    .option('--dump [file]', 'Print the environment, or write it to a file')
    .addOption(
      new Option('--dump-format <format>', 'How --dump writes it')
        .choices(['sh', 'export', 'vscode'])
        .default('export'),
    );
}

interface Developed {
  readonly buildRoot: string;
  readonly developer: DeveloperEnvironment;
}

/** What setup left in a build directory; the error is Meson's. */
function load(session: Session, named: string | undefined): Result<Developed, string> {
  const none = err(`Directory '${named ?? '.'}' does not seem to be a Meson build directory.`);
  const directory = findBuildDirectory(session, named);
  if (!directory.ok) return none;
  const { buildRoot } = directory.value;
  const loaded = loadDeveloperEnvironment(session.host.files, buildRoot);
  if (loaded.ok) return ok({ buildRoot, developer: loaded.value });
  return loaded.error === 'missing' && directory.value.kind === 'to-set-up'
    ? none
    : err(damaged(developerEnvironmentPath(buildRoot), buildRoot));
}

interface Shell {
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** The user's shell, with the project's name in its prompt. */
function shellIn({ host }: Session, { buildRoot, developer }: Developed): Shell {
  const { environment } = host.system;
  const shell = environment['SHELL'] || '/bin/sh';
  const plain = Boolean(environment['MESON_DISABLE_PS1_OVERRIDE']);
  const prompt = (name: string): string =>
    plain ? '' : `export ${name}="[${developer.project}] $${name}"\n`;
  const folder = `${buildRoot}/meson-private/devenv`;
  const put = (name: string, content: string): void => {
    host.files.makeDirectory(folder);
    host.files.write(`${folder}/${name}`, content);
  };
  if (posix.basename(shell).includes('bash')) {
    put('bashrc', `[ -e ~/.bashrc ] && . ~/.bashrc\n${prompt('PS1')}`);
    return { argv: [shell, '--rcfile', `${folder}/bashrc`], environment: {} };
  }
  if (shell.endsWith('zsh')) {
    put('.zshrc', `[ -e ~/.zshrc ] && . ~/.zshrc\n${prompt('PROMPT')}`);
    return { argv: [shell], environment: { ZDOTDIR: folder } };
  }
  return { argv: [shell], environment: {} };
}

async function runIn(
  session: Session,
  launch: {
    readonly argv: readonly string[];
    readonly workingDirectory: string;
    readonly environment: Readonly<Record<string, string>>;
  },
): Promise<number> {
  const child = session.host.processes.spawn({ ...launch, terminal: true });
  const { ended } = await child.done;
  if (ended.kind !== 'not-started') return passedOnEnd(ended);
  const [program = ''] = launch.argv;
  return /ENOENT|not found|no such/i.test(ended.reason)
    ? refuse(session, `Command not found: ${program}`)
    : refuse(session, `Command \`${quoteWords(launch.argv)}\` failed to execute: ${ended.reason}`);
}
