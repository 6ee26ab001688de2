import { posix } from 'node:path';
import type { Command } from 'commander';
import { jsonText, spacedJsonText } from '../../base/json-text.ts';
import { exitCodes, type Session } from '../session.ts';
import { damaged, readWrittenJson } from '../setup/written-json.ts';
import { refuseDiagnostics } from '../terminal/refuse.ts';
import { flag, type ParsedOptions, parseWords, text } from '../words/parse-words.ts';

interface Kind {
  /** As meson-info/ names it: `install_plan`. */
  readonly name: string;
  readonly doc: string;
  /** Known of a build directory; the others only of a `meson.build`. */
  readonly ofBuild: boolean;
}

const kind = (name: string, doc: string, ofBuild = true): Kind => ({ name, doc, ofBuild });

/** What can be asked for, in the order in which it is answered. */
const kinds: readonly Kind[] = [
  kind('ast', 'The syntax tree of a meson.build', false),
  kind('benchmarks', 'All benchmarks'),
  kind('buildoptions', 'All options of the build'),
  kind('buildsystem_files', 'The files that describe the build'),
  kind('compilers', 'The compilers that are used'),
  kind('dependencies', 'What the project needs from outside'),
  kind('scan_dependencies', 'What a meson.build asks for by dependency()', false),
  kind('installed', 'All files and directories that are installed'),
  kind('install_plan', 'What is installed, with its details'),
  kind('machines', 'The host, build and target machines'),
  kind('projectinfo', 'The project and its subprojects'),
  kind('targets', 'The targets'),
  kind('tests', 'All tests'),
];

/** `kaon introspect [--KIND …] [BUILD | SOURCE/meson.build]` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const usage = { name: 'introspect', summary: 'Tell other tools about the project.', define };
  const parsed = parseWords(session.terminal, usage, words);
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  const place = operands[0] ?? text(options, 'C') ?? '.';
  const wanted = kinds.filter(({ name }) => flag(options, 'all') || flag(options, camelCase(name)));
  if (posix.basename(place) === 'meson.build') return ofSource(session, { place, wanted, options });
  return ofBuild(session, { place, wanted, options });
}

function define(command: Command): void {
  command
    .argument('[builddir]', 'The build directory, or a meson.build that is not set up')
    .option('-C <dir>', 'The build directory');
  for (const { name, doc } of kinds) command.option(`--${name.replaceAll('_', '-')}`, doc);
  command
    .option('--backend <name>', 'Taken for the sake of scripts; options are those of ninja')
    .option('-a, --all', 'All there is')
    .option('-i, --indent', 'Indent the output')
    .option('-f, --force-object-output', 'An object even for one kind');
}

interface Question {
  readonly place: string;
  readonly wanted: readonly Kind[];
  readonly options: ParsedOptions;
}

type Answers = readonly (readonly [name: string, value: unknown])[];

/** Evaluation is loaded only where there is something to evaluate. */
async function ofSource(session: Session, { place, wanted, options }: Question): Promise<number> {
  const { introspectSource } = await import('../introspect-source/introspect-source.ts');
  const found = introspectSource(session, place);
  if (!found.ok) return refuseDiagnostics(session, found.error);
  const known = new Map<string, () => unknown>(Object.entries(found.value));
  const answers: Answers = wanted.flatMap(({ name }) => {
    const answer = known.get(name);
    return answer === undefined ? [] : [[name, answer()] as const];
  });
  return print(session, options, answers);
}

function ofBuild(session: Session, { place, wanted, options }: Question): number {
  const { files, system } = session.host;
  const info = posix.join(posix.resolve(system.workingDirectory, place), 'meson-info');
  if (!files.isFile(`${info}/meson-info.json`)) {
    session.terminal.print(
      'Current directory is not a meson build directory.\n' +
        'Please specify a valid build dir or change the working directory to it.',
    );
    return exitCodes.failed;
  }
  const answers: (readonly [string, unknown])[] = [];
  for (const { name } of wanted.filter(({ ofBuild: known }) => known)) {
    const path = `${info}/intro-${name}.json`;
    const read = readWrittenJson(files, path);
    if (!read.ok) {
      session.terminal.print(
        read.error === 'missing'
          ? `Introspection file ${path} does not exist.`
          : `Introspection file ${damaged(path, posix.dirname(info))}`,
      );
      return exitCodes.failed;
    }
    answers.push([name, read.value]);
  }
  return print(session, options, answers);
}

/** One answer stands alone, several are an object. */
function print({ terminal }: Session, options: ParsedOptions, answers: Answers): number {
  const asObject = flag(options, 'forceObjectOutput');
  if (answers.length === 0 && !asObject) {
    terminal.print('No command specified');
    return exitCodes.failed;
  }
  const [only] = answers;
  const value =
    answers.length === 1 && only !== undefined && !asObject ? only[1] : Object.fromEntries(answers);
  terminal.print(flag(options, 'indent') ? jsonText(value, 4) : spacedJsonText(value));
  return exitCodes.ok;
}

function camelCase(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}
