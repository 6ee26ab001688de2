import type { Command } from 'commander';
import { jsonText } from '../../base/json-text.ts';
import { type CommandLineRecord, mergedRecord } from '../../store/setup/cmd-line-file.ts';
import {
  isConfigured,
  loadCommandLine,
  loadSetup,
  type SetupState,
} from '../../store/setup/setup-state.ts';
import { lockBuild } from '../build/lock-build.ts';
import { introspectSource } from '../introspect-source/introspect-source.ts';
import { exitCodes, type Session } from '../session.ts';
import { type BuildDirectory, findBuildDirectory } from '../setup/build-directory.ts';
import { keepWantedOptions } from '../setup/keep-wanted-options.ts';
import { optionLines, type ShownOption } from '../setup/option-lines.ts';
import { GivenOptions } from '../setup/setup-words.ts';
import { unknownUnset, wantedOptions } from '../setup/wanted-options.ts';
import { damaged } from '../setup/written-json.ts';
import { refuse, refuseDiagnostics } from '../terminal/refuse.ts';
import { flag, parseWords } from '../words/parse-words.ts';
import { run as setup } from './setup.ts';

/** `kaon configure [OPTIONS] [BUILD]` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const given = new GivenOptions();
  const unset: string[] = [];
  const usage = {
    name: 'configure',
    summary: 'Show the options of a build directory, or change them.',
    define: (command: Command) => {
      command
        .argument('[builddir]', 'The build directory')
        .option('-U <option>', 'Take back what was set', (name) => void unset.push(name))
        .option('--clearcache', 'Forget what was found out about this machine')
        .option('--no-pager', 'Taken for the sake of scripts: there is no pager');
      given.define(command);
    },
  };
  const parsed = parseWords(session.terminal, usage, words);
  if (parsed.kind === 'exit') return parsed.code;
  const values = given.result();
  if (!values.ok) return refuse(session, values.error);
  const directory = findBuildDirectory(session, parsed.operands[0]);
  if (!directory.ok) return refuse(session, directory.error);
  const changes = new Map<string, string | undefined>([
    ...unset.map((name) => [name, undefined] as const),
    ...values.value,
  ]);
  const { buildRoot } = directory.value;
  if (flag(parsed.options, 'clearcache') && isConfigured(session.host.files, buildRoot))
    return findOutAnew(session, directory.value, changes);
  if (changes.size === 0 || !isConfigured(session.host.files, buildRoot)) {
    return showOrChange(session, directory.value, changes);
  }
  // A setup that runs meanwhile would write down the options that it began with.
  const locked = await lockBuild(session, buildRoot);
  if (!locked.ok) return locked.error;
  try {
    return showOrChange(session, directory.value, changes);
  } finally {
    locked.value.release();
  }
}

/** To forget is to look again at once: the next build would not know that it has to. */
async function findOutAnew(
  session: Session,
  directory: BuildDirectory,
  changes: ReadonlyMap<string, string | undefined>,
): Promise<number> {
  const kept = changes.size === 0 ? exitCodes.ok : showOrChange(session, directory, changes);
  if (kept !== exitCodes.ok) return kept;
  return setup(session, ['--reconfigure', '--clearcache', directory.buildRoot]);
}

/** Shows options where there are no changes; without a value, an option is to be as if it was never set. */
function showOrChange(
  session: Session,
  directory: BuildDirectory,
  changes: ReadonlyMap<string, string | undefined>,
): number {
  const { files } = session.host;
  const { buildRoot } = directory;
  const state = loadSetup(files, buildRoot);
  if (!state.ok) {
    if (directory.kind === 'to-set-up' && changes.size === 0)
      return showSource(session, directory.sourceRoot);
    if (state.error.kind === 'damaged') return refuse(session, damaged(buildRoot, buildRoot));
    if (state.error.kind === 'moved') {
      const next = `Run \`kaon setup --reconfigure ${buildRoot}\` first.`;
      return refuse(session, `${buildRoot} was moved or copied here. ${next}`);
    }
    return refuse(session, `${buildRoot} is not set up. Run \`kaon setup\` first.`);
  }
  const before = loadCommandLine(files, buildRoot);
  if (changes.size === 0) {
    const wanted = wantedOptions(files, state.value, { given: before.options });
    const options = wanted.ok ? wanted.value : state.value.options;
    showOptions(session, { ...state.value, options });
    return exitCodes.ok;
  }
  const unset = [...changes].flatMap(([name, value]) => (value === undefined ? [name] : []));
  const names = unsettable(session, state.value, before);
  const strange = unset.find((name) => !names.has(name));
  if (strange !== undefined) return refuse(session, unknownUnset(strange, [...names]));
  const record = mergedRecord(before, { options: changes, crossFiles: [], nativeFiles: [] });
  return keepWantedOptions(session, state.value, record);
}

/** What `-U` takes. Meson knows the main project's own options there with a colon before their name only. */
function unsettable(
  { asMeson }: Session,
  { options }: SetupState,
  before: CommandLineRecord,
): ReadonlySet<string> {
  const own = options.filter(({ name, section }) => section === 'user' && !name.includes(':'));
  const names = new Set([...options.map(({ name }) => name), ...before.options.keys()]);
  for (const { name } of own) {
    names.add(`:${name}`);
    if (asMeson) names.delete(name);
  }
  return names;
}

/** The options of a project that is not set up. */
function showSource(session: Session, sourceRoot: string): number {
  const found = introspectSource(session, `${sourceRoot}/meson.build`);
  if (!found.ok) return refuseDiagnostics(session, found.error);
  // As `introspect` tells them.
  const options = found.value.buildoptions() as readonly IntrospectedOption[] | undefined;
  if (options === undefined)
    return refuse(session, `${sourceRoot}/meson.build cannot be read as a build file.`);
  const told = options.map(({ choices = [], ...option }) => ({ ...option, choices }));
  showOptions(session, { sourceRoot, options: told });
  return exitCodes.ok;
}

type IntrospectedOption = Omit<ShownOption, 'choices'> & Partial<Pick<ShownOption, 'choices'>>;

interface Shown {
  readonly options: readonly ShownOption[];
  readonly sourceRoot: string;
  readonly buildRoot?: string;
}

function showOptions({ terminal, json }: Session, { options, sourceRoot, buildRoot }: Shown) {
  if (json) {
    terminal.print(jsonText({ v: 1, kind: 'options', options }));
    return;
  }
  terminal.print(`Core properties:\n  Source dir ${sourceRoot}`);
  if (buildRoot !== undefined) terminal.print(`  Build dir  ${buildRoot}`);
  for (const line of optionLines(options)) terminal.print(line);
}
