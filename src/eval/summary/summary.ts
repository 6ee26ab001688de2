import { passingOptions } from '../../base/cargo-options.ts';
import type { MachineChoice } from '../../model/machine.ts';
import type { Call } from '../call.ts';
import { isPlainWorkspace } from '../cargo/plain-workspace.ts';
import type { Evaluation } from '../evaluation.ts';
import { givenMachineFiles } from '../machines/given-files.ts';
import { showOptionKey } from '../options/option-key.ts';
import { perEvaluation } from '../per-evaluation.ts';
import {
  projectTitle,
  subprojectKey,
  subprojectsOf,
  withdrawnSubprojects,
} from '../subprojects/known-subprojects.ts';

/** One value of a line, as it is printed. */
export type SummaryValue = string;

interface Line {
  readonly values: readonly SummaryValue[];
  readonly separator: string | undefined;
}

type Sections = Map<string, Map<string, Line>>;

/** Lines of each project's summary, by subproject and section. */
const summaries = perEvaluation(() => new Map<string, Sections>());

/** Adds a line to the summary of the project that calls. */
export function addToSummary(
  call: Call,
  { section, name, ...line }: Line & { readonly section: string; readonly name: string },
): void {
  const lines = sectionOf(call.evaluation, call.scope.subproject, section);
  if (lines.has(name)) call.fail(`Summary section '${section}' already have key '${name}'`);
  lines.set(name, line);
}

function sectionOf(evaluation: Evaluation, subproject: string, section: string): Map<string, Line> {
  const all = summaries(evaluation);
  const sections: Sections = all.get(subproject) ?? new Map();
  all.set(subproject, sections);
  const lines = sections.get(section) ?? new Map<string, Line>();
  sections.set(section, lines);
  return lines;
}

/** Prints all summaries, the main project's last. */
export function printSummaries(evaluation: Evaluation): void {
  addSubprojects(evaluation, 'host');
  addSubprojects(evaluation, 'build');
  addUserOptions(evaluation);
  evaluation.log('');
  const all = summaries(evaluation);
  const names = [...all.keys()].filter((name) => name !== '').sort();
  for (const name of names) {
    const withdrawn = withdrawnSubprojects(evaluation).get(name);
    if (subprojectsOf(evaluation).get(name)?.state.kind === 'found')
      printSummary(evaluation, projectTitle(evaluation, name), all.get(name) ?? new Map());
    else if (withdrawn !== undefined)
      printSummary(evaluation, withdrawn.title, all.get(name) ?? new Map());
  }
  const main = all.get('');
  if (main !== undefined) printSummary(evaluation, projectTitle(evaluation, ''), main);
}

function addSubprojects(evaluation: Evaluation, machine: MachineChoice): void {
  const withdrawn = [...withdrawnSubprojects(evaluation)].map(
    ([key, { subproject }]) => [key, subproject] as const,
  );
  const all = new Map([...withdrawn, ...subprojectsOf(evaluation)]);
  const ofMachine = [...all].filter(([key, { name }]) => key === subprojectKey(name, machine));
  const subprojects = ofMachine.map(([, one]) => one).sort((a, b) => (a.name < b.name ? -1 : 1));
  if (subprojects.length === 0) return;
  const lines = sectionOf(evaluation, '', `Subprojects (for ${machine} machine)`);
  for (const { name, state, warnings, stack } of subprojects) {
    const values = [state.kind === 'found' ? 'YES' : 'NO'];
    if (state.kind === 'disabled') values.push(`Feature '${state.feature}' disabled`);
    else if (state.kind === 'failed') values.push(state.reason);
    else if (warnings > 0) values.push(`${warnings} warnings`);
    if (state.kind === 'found' && stack.length > 0) values.push(`(from ${stack.join(' => ')})`);
    lines.set(name, { values, separator: ' ' });
  }
}

function addUserOptions(evaluation: Evaluation): void {
  const { given } = evaluation;
  const values = new Map<string, readonly string[]>();
  const { cross, native } = givenMachineFiles(evaluation);
  if (cross.length > 0) values.set('Cross files', cross);
  if (native.length > 0) values.set('Native files', native);
  const isPlain = isPlainWorkspace(evaluation, evaluation.sourceRoot);
  const options = [...given.commandLine]
    .filter(([{ name }]) => !isPlain || !passingOptions.includes(name))
    .sort(([a], [b]) => (a.name < b.name ? -1 : 1));
  for (const [key, value] of options) values.set(showOptionKey(key), [String(value)]);
  if (values.size === 0) return;
  const lines = sectionOf(evaluation, '', 'User defined options');
  for (const [name, texts] of values) lines.set(name, { values: texts, separator: undefined });
}

function printSummary(evaluation: Evaluation, title: string, sections: Sections): void {
  evaluation.log(title);
  const width = Math.max(
    0,
    ...[...sections.values()].flatMap((lines) => [...lines.keys()].map((key) => key.length)),
  );
  for (const [section, lines] of sections) {
    evaluation.log('');
    if (section !== '') evaluation.log(`  ${section}`);
    for (const [name, line] of lines) {
      const start = `    ${name.padEnd(width)}:`;
      evaluation.log(line.values.length === 0 ? start : `${start} ${layOut(line, width + 6)}`);
    }
  }
  evaluation.log('');
}

/** Columns of a terminal that is not known. */
const columns = 80;

function layOut({ values, separator }: Line, indent: number): string {
  const newLine = `\n${' '.repeat(indent)}`;
  if (separator === undefined) return values.join(newLine);
  const rows: string[][] = [[]];
  let length = indent;
  for (const value of values) {
    const row = rows.at(-1) ?? [];
    const more = value.length + separator.length;
    if (row.length > 0 && length + more > columns) {
      rows.push([value]);
      length = indent + more;
    } else {
      row.push(value);
      length += more;
    }
  }
  return rows.map((row) => row.join(separator)).join(separator.trimEnd() + newLine);
}
