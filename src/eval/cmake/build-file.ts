import { headerSuffixes, suffixOf } from '../../cmake/languages.ts';
import type {
  CmakeBuildTarget,
  CmakeCustomTarget,
  CmakeRow,
  CmakeTarget,
  CommandWord,
  OutputReference,
} from '../../cmake/project.ts';
import type { BuildFileRequest, CmakeVariables } from './build-file-request.ts';
import { declareTarget } from './build-file-target.ts';
import { Code, name, type Word } from './code.ts';

export interface CmakeBuildFile {
  readonly text: string;
  /** By the name that our targets have. */
  readonly variables: ReadonlyMap<string, CmakeVariables>;
  /** Our names by CMake's, in the order of declaration. */
  readonly names: ReadonlyMap<string, string>;
}

/** The targets need one another in a circle. */
export class TargetCycle extends Error {}

/**
 * The build file that stands for a CMake project: text, for the evaluator to read like any other, and
 * kept in the build directory for people to look at. Each target comes after those that it needs.
 */
export function cmakeBuildFile(request: BuildFileRequest): CmakeBuildFile {
  const { project } = request;
  const code = new Code();
  code.call('project', [project.name, ...project.languages], {
    ...(project.version === '' ? {} : { version: project.version }),
  });
  const variables = new Map<string, CmakeVariables>();
  const names = new Map<string, string>();
  for (const target of inOrder(project.rows)) {
    code.line();
    const declared =
      target.kind === 'custom'
        ? declareCustom(code, target, request)
        : declareTarget(code, target, { ...request, extra: generatedFor(target, project.rows) });
    variables.set(target.name, declared);
    names.set(target.cmakeName, target.name);
  }
  return { text: code.text, variables, names };
}

/** Custom targets first, as far as they need no others; each target once. */
function inOrder(rows: readonly CmakeTarget[]): readonly CmakeTarget[] {
  const order: CmakeTarget[] = [];
  const state = new Map<CmakeRow, 'open' | 'done'>();
  const all = rows.map((target, at) => ({ target, row: at as CmakeRow })); // rows are places in the list
  const starts = [
    ...all.filter(({ target }) => target.kind === 'custom'),
    ...all.filter(({ target }) => target.kind === 'build'),
  ];
  for (const { row: start } of starts) {
    const pending = [start];
    while (pending.length > 0) {
      const row = pending.at(-1) ?? start;
      const target = rows[row];
      if (state.has(row) || target === undefined) {
        pending.pop();
        if (state.get(row) === 'open' && target !== undefined) order.push(target);
        state.set(row, 'done');
        continue;
      }
      state.set(row, 'open');
      const needed = neededBy(target);
      const back = needed.find((one) => state.get(one) === 'open');
      if (back !== undefined) throw new TargetCycle(circle(rows, pending, state, back));
      pending.push(...needed.filter((one) => !state.has(one)).reverse());
    }
  }
  return order;
}

function circle(
  rows: readonly CmakeTarget[],
  pending: readonly CmakeRow[],
  state: ReadonlyMap<CmakeRow, 'open' | 'done'>,
  back: CmakeRow,
): string {
  const open = pending.filter((row) => state.get(row) === 'open');
  return [...open, back].map((row) => rows[row]?.name).join(' -> ');
}

function neededBy(target: CmakeTarget): readonly CmakeRow[] {
  const references: readonly CmakeRow[] =
    target.kind === 'build'
      ? [...target.linkWith, ...target.objectLibraries, ...target.generatedBy.map(({ row }) => row)]
      : [
          ...target.commands
            .flat()
            .flatMap((word) => (typeof word === 'string' ? [] : word.target)),
          ...target.inputs.flatMap((input) => (typeof input === 'string' ? [] : input.row)),
        ];
  return [...new Set([...references, ...target.depends])];
}

/**
 * Where one output of a custom target is used, all its headers must be there first: CMake runs such
 * a command before it compiles anything of the target.
 */
function generatedFor(target: CmakeBuildTarget, rows: readonly CmakeTarget[]): readonly Word[] {
  const references = [...target.generatedBy];
  const taken = new Set(references.map(({ row, output }) => fileOf(rows, row, output)));
  for (const { row } of target.generatedBy) {
    const custom = rows[row];
    if (custom?.kind !== 'custom') continue;
    for (const [output, file] of custom.outputs.entries()) {
      if (taken.has(file) || !headerSuffixes.includes(suffixOf(file))) continue;
      taken.add(file);
      references.push({ row, output });
    }
  }
  const depends = target.depends
    .filter((row) => rows[row]?.kind === 'custom')
    .map((row) => name(nameOf(rows, row)));
  return [...references.map((one) => outputWord(rows, one)), ...depends];
}

function fileOf(rows: readonly CmakeTarget[], row: CmakeRow, output: number): string {
  const target = rows[row];
  return target?.kind === 'custom' ? (target.outputs[output] ?? '') : '';
}

function nameOf(rows: readonly CmakeTarget[], row: CmakeRow): string {
  return rows[row]?.name ?? '';
}

function outputWord(rows: readonly CmakeTarget[], { row, output }: OutputReference): Word {
  const target = rows[row];
  const isOnly = target?.kind !== 'custom' || target.outputs.length === 1;
  return name(isOnly ? nameOf(rows, row) : `${nameOf(rows, row)}[${output}]`);
}

/** No word of CMake's has a semicolon in it: they are split there. */
const separator = ';;;';

/** CMake runs several commands, in a folder of its own, and makes files there: a helper does that. */
function declareCustom(
  code: Code,
  target: CmakeCustomTarget,
  { project: { rows }, self }: BuildFileRequest,
): CmakeVariables {
  const word = (one: CommandWord): Word =>
    typeof one === 'string' ? one : name(nameOf(rows, one.target));
  const needsNoFile = (row: CmakeRow): boolean => {
    const needed = rows[row];
    return needed?.kind === 'build' && needed.function === 'header_only';
  };
  code.comment(`${target.place.file}:${target.place.line}`);
  code.assign(target.name, 'custom_target', [target.name], {
    input: target.inputs.map((one) => (typeof one === 'string' ? one : outputWord(rows, one))),
    output: target.outputs,
    command: [
      ...self,
      ...['internal', 'cmake-command', target.workingDirectory, '@OUTPUT@', separator],
      ...target.originals,
      ...target.commands.flatMap((command) => [separator, ...command.map(word)]),
    ],
    depends: target.depends
      .filter((row) => !needsNoFile(row))
      .map((row) => name(nameOf(rows, row))),
  });
  return {
    function: 'custom_target',
    includes: undefined,
    sources: undefined,
    dependency: undefined,
    target: target.name,
  };
}
