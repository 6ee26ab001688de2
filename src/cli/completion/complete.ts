import { posix } from 'node:path';
import { splitWords } from '../../base/shell-words.ts';
import { declaredOptions, ownOptions } from '../../lint/options.ts';
import { ProjectFiles } from '../../lint/project-files.ts';
import { loadSetup, type SetupState } from '../../store/setup/setup-state.ts';
import type { CommandEntry } from '../command.ts';
import { manualNames } from '../manual/manual.ts';
import type { Session } from '../session.ts';
import { findBuildDirectory } from '../setup/build-directory.ts';
import { type HelpLine, readHelp } from './read-help.ts';
import { shells } from './script.ts';

/** What may stand where the last word of a line is. */
export type Completed =
  | { readonly kind: 'words'; readonly words: readonly HelpLine[] }
  /** The shell knows better. */
  | { readonly kind: 'files' | 'folders' };

/** Completes the last word of a command line, which may be empty. */
export async function complete(
  session: Session,
  line: string,
  commands: readonly CommandEntry[],
): Promise<Completed> {
  const [, ...given] = wordsOf(line);
  const word = given.at(-1) ?? '';
  const before = given.slice(0, -1);
  const found = await candidates(session, { before, word }, commands);
  if (typeof found === 'string') return { kind: found };
  return { kind: 'words', words: unique(found.filter((each) => each.word.startsWith(word))) };
}

/** A line's words; the last is empty where the line ends with space. */
function wordsOf(line: string): readonly string[] {
  const words = splitWords(line.replace(/\\$/, '')) ?? line.split(/\s+/);
  const last = /\s$/.test(line) ? [''] : [];
  return [...words, ...last];
}

function unique(list: readonly HelpLine[]): readonly HelpLine[] {
  return list.filter(({ word }, at) => list.findIndex((each) => each.word === word) === at);
}

interface Asked {
  readonly before: readonly string[];
  readonly word: string;
}

type Found = readonly HelpLine[] | 'files' | 'folders';

async function candidates(
  session: Session,
  asked: Asked,
  commands: readonly CommandEntry[],
): Promise<Found> {
  const { before, word } = asked;
  const [name = '', ...rest] = before;
  if (before.length === 0) return commandLines(commands);
  if (before.at(-1) === '-C' || before.at(-1) === '--sourcedir') return 'folders';
  const isD = word.startsWith('-D') || before.at(-1) === '-D';
  if (isD && takesOptions.has(name)) return optionWords(session, asked);
  const entry = commands.find((each) => each.name === name || each.aliases?.includes(name));
  if (entry === undefined) return 'files';
  const help = await helpOf(session, entry, []);
  const isSub = rest.find((each) => help.commands.some((one) => one.word === each));
  if (word.startsWith('-')) {
    return isSub === undefined ? help.options : (await helpOf(session, entry, [isSub])).options;
  }
  if (help.commands.length > 0 && isSub === undefined) return help.commands;
  return operands(session, { ...asked, name, sub: isSub }, commands);
}

function commandLines(commands: readonly CommandEntry[]): readonly HelpLine[] {
  return commands.flatMap(({ name, summary }) => (summary ? [{ word: name, doc: summary }] : []));
}

/** What a command prints of its help. */
async function helpOf(session: Session, entry: CommandEntry, sub: readonly string[]) {
  let printed = '';
  const write = (text: string): void => {
    printed += text;
  };
  const print = (line: string): void => write(`${line}\n`);
  const terminal = { ...session.terminal, columns: 500, write, print, printError: print };
  const module = await entry.load();
  await module.run({ ...session, terminal }, [...sub, '--help'], []);
  return readHelp(printed);
}

/** Commands that take `-DNAME=VALUE`. */
const takesOptions = new Set(['setup', 'configure']);

/** Commands whose operands are targets of the build, tests, folders. */
const takesTargets = new Set(['compile', 'run', 'why']);
const takesFolders = new Set(['setup', 'configure', 'options', 'introspect', 'install']);

function operands(
  session: Session,
  { name, sub, before, word }: Asked & { readonly name: string; readonly sub: string | undefined },
  commands: readonly CommandEntry[],
): Found {
  if (name === 'completion') return shells.map((shell) => ({ word: shell, doc: '' }));
  if (name === 'help') {
    return [...commandLines(commands), ...manualNames().map((each) => ({ word: each, doc: '' }))];
  }
  const state = stateOf(session, before);
  if (takesTargets.has(name)) return targetWords(state);
  if (name === 'test') {
    return (state?.tests.tests ?? []).map((test) => ({ word: test.name, doc: '' }));
  }
  if (name === 'subprojects' || (name === 'wrap' && sub !== 'search')) return subprojects(session);
  if (takesFolders.has(name) && !word.endsWith('.build')) return 'folders';
  return 'files';
}

/** The setup of the build directory that a line is about. */
function stateOf(session: Session, before: readonly string[]): SetupState | undefined {
  const at = before.indexOf('-C');
  const asked = at === -1 ? before.slice(1).find((each) => !each.startsWith('-')) : before[at + 1];
  for (const each of [asked, undefined]) {
    const found = findBuildDirectory(session, each);
    if (!found.ok || found.value.kind !== 'configured') continue;
    const state = loadSetup(session.host.files, found.value.buildRoot);
    if (state.ok) return state.value;
  }
  return undefined;
}

/** Targets by name; those that share one, with their folder. */
function targetWords(state: SetupState | undefined): readonly HelpLine[] {
  const targets = state?.targets ?? [];
  return targets.map(({ name, subdir, type }) => {
    const isShared = targets.filter((each) => each.name === name).length > 1;
    return { word: isShared ? posix.join(subdir, name) : name, doc: type };
  });
}

/** `-DNAME=` of the build's options or, before there is a build, of the project's; then their values. */
function optionWords(session: Session, { before, word }: Asked): readonly HelpLine[] {
  const prefix = word.startsWith('-D') ? '-D' : '';
  const state = stateOf(session, before);
  const known = state === undefined ? projectOptions(session) : state.options;
  const equals = word.indexOf('=');
  if (equals === -1) {
    return known.map(({ name, description }) => ({ word: `${prefix}${name}=`, doc: description }));
  }
  const name = word.slice(prefix.length, equals);
  const option = known.find((each) => each.name === name);
  return (option?.choices ?? []).map((choice) => ({ word: `${prefix}${name}=${choice}`, doc: '' }));
}

function projectOptions({ host }: Session) {
  const { workingDirectory } = host.system;
  const project = new ProjectFiles(host.files, { root: workingDirectory });
  const words: Readonly<Record<string, readonly string[]>> = {
    boolean: ['true', 'false'],
    feature: ['enabled', 'disabled', 'auto'],
  };
  const declared = declaredOptions(project.optionFile()).map((option) => ({
    ...option,
    choices: words[option.type] ?? option.choices,
  }));
  const own = [...ownOptions].map(([name, { description, choices }]) => ({
    name,
    description,
    choices,
  }));
  return [...declared, ...own];
}

function subprojects({ host }: Session): readonly HelpLine[] {
  const { files, system } = host;
  const listed = files.list(posix.join(system.workingDirectory, 'subprojects'));
  const names = (listed.ok ? listed.value : []).map((name) => name.replace(/\.wrap$/, ''));
  const isName = (name: string): boolean => !['packagecache', 'packagefiles'].includes(name);
  return [...new Set(names)].filter(isName).map((word) => ({ word, doc: '' }));
}
