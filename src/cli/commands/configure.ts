import type { Command } from 'commander';
import { formatCommandLine, mergedRecord } from '../../store/cmd-line-file.ts';
import {
  commandLinePath,
  loadCommandLine,
  loadSetup,
  type SetupState,
  type StoredOption,
} from '../../store/setup-state.ts';
import { findBuildDirectory } from '../build-directory.ts';
import { optionFault } from '../check-options.ts';
import { parseWords } from '../parse-words.ts';
import { refuse, refuseFile } from '../say.ts';
import { exitCodes, type Session } from '../session.ts';
import { GivenOptions } from '../setup-words.ts';

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
  const { files } = session.host;
  const { buildRoot } = directory.value;
  const state = loadSetup(files, buildRoot);
  if (!state.ok) return refuse(session, `${buildRoot} is not set up. Run \`kaon setup\` first.`);
  const options = new Map<string, string | undefined>([
    ...values.value,
    ...unset.map((name) => [name, undefined] as const),
  ]);
  if (options.size === 0) {
    showOptions(session, state.value);
    return exitCodes.ok;
  }
  const before = loadCommandLine(files, buildRoot);
  const fault = optionFault(state.value, options, before.options);
  if (fault !== undefined) return refuse(session, fault);
  const record = mergedRecord(before, { options, crossFiles: [], nativeFiles: [] });
  const saved = files.replace(commandLinePath(buildRoot), formatCommandLine(record));
  return saved.ok ? exitCodes.ok : refuseFile(session, saved.error);
}

const sections: readonly (readonly [section: string, title: string])[] = [
  ['core', 'Core options'],
  ['backend', 'Backend options'],
  ['base', 'Base options'],
  ['compiler', 'Compiler options'],
  ['directory', 'Directories'],
  ['test', 'Testing options'],
  ['user', 'Project options'],
];

function showOptions({ terminal, json }: Session, { options, sourceRoot, buildRoot }: SetupState) {
  if (json) {
    terminal.print(JSON.stringify({ v: 1, kind: 'options', options }));
    return;
  }
  terminal.print(`Core properties:\n  Source dir ${sourceRoot}\n  Build dir  ${buildRoot}`);
  const rows = options.map((option) => [option.name, shown(option.value), choices(option)]);
  const widths = [0, 1, 2].map((at) => Math.max(0, ...rows.map((row) => (row[at] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `  ${cells.map((cell, at) => cell.padEnd(Math.min(widths[at] ?? 0, 40))).join(' ')}`;
  for (const [section, title] of sections) {
    const own = options.filter((option) => option.section === section);
    if (own.length === 0) continue;
    terminal.print(`\n${line([title, 'Current Value', 'Possible Values', 'Description'])}`);
    for (const option of own) {
      const cells = [option.name, shown(option.value), choices(option), option.description];
      terminal.print(line(cells).trimEnd());
    }
  }
}

function shown(value: StoredOption['value']): string {
  return Array.isArray(value) ? `[${value.join(', ')}]` : String(value);
}

function choices({ choices: all }: StoredOption): string {
  return all.length === 0 ? '' : `[${all.join(', ')}]`;
}
