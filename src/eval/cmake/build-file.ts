import type { CmakeCustomTarget, CmakeRow, CmakeTarget, CommandWord } from '../../cmake/project.ts';
import type { BuildFileRequest, CmakeVariables } from './build-file-request.ts';
import { declareTarget } from './build-file-target.ts';
import { Code, callOf, name, type Word, wordText } from './code.ts';
import { generatedHeaders, generatedSources, nameOf, outputWord } from './generated.ts';

export interface CmakeBuildFile {
  readonly text: string;
  /** By the name that our targets have. */
  readonly variables: ReadonlyMap<string, CmakeVariables>;
  /** Our names by CMake's, in the order of declaration. */
  readonly names: ReadonlyMap<string, string>;
  /** Where CMake would have the outputs of custom targets, absolute, by our names. */
  readonly originals: ReadonlyMap<string, readonly string[]>;
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
  const [program = '', ...words] = request.self;
  if (project.rows.some(({ kind }) => kind === 'custom'))
    code.set(self, callOf('find_program', [program]));
  const command: readonly Word[] = [name(self), ...words, 'internal', 'cmake-command'];
  const variables = new Map<string, CmakeVariables>();
  const names = new Map<string, string>();
  for (const target of inOrder(project.rows)) {
    code.line();
    const declared =
      target.kind === 'custom'
        ? declareCustom(code, target, { rows: project.rows, command })
        : declareTarget(code, target, {
            ...request,
            extra: generatedSources(project.rows, target),
            headers: generatedHeaders(project.rows, target),
          });
    variables.set(target.name, declared);
    if (target.kind === 'custom' || !target.isPart) names.set(target.cmakeName, target.name);
  }
  const originals = new Map(
    project.rows.flatMap((row) =>
      row.kind === 'custom' ? [[row.name, row.originals] as const] : [],
    ),
  );
  return { text: code.text, variables, names, originals };
}

/** Custom targets first, as far as they need no others; each target once. */
function inOrder(rows: readonly CmakeTarget[]): readonly CmakeTarget[] {
  const order: CmakeTarget[] = [];
  const state = new Map<CmakeRow, 'open' | 'done'>();
  const isOpen = (row: CmakeRow) => state.get(row) === 'open';
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
        if (isOpen(row) && target !== undefined) order.push(target);
        state.set(row, 'done');
        continue;
      }
      state.set(row, 'open');
      const needed = neededBy(target);
      const back = needed.find(isOpen);
      if (back !== undefined)
        throw new TargetCycle(circle(rows, [...pending.filter(isOpen), back]));
      pending.push(...needed.filter((one) => !state.has(one)).reverse());
    }
  }
  return order;
}

function circle(rows: readonly CmakeTarget[], walked: readonly CmakeRow[]): string {
  return walked.map((row) => rows[row]?.name).join(' -> ');
}

function neededBy(target: CmakeTarget): readonly CmakeRow[] {
  const references: readonly CmakeRow[] =
    target.kind === 'build'
      ? [...target.linkWith, ...target.objectLibraries, ...target.generatedBy.map(({ row }) => row)]
      : [
          ...target.commands.flat().flatMap(targetsOf),
          ...target.inputs.flatMap((input) => (typeof input === 'string' ? [] : input.row)),
        ];
  return [...new Set([...references, ...target.depends])];
}

function targetsOf(word: CommandWord): readonly CmakeRow[] {
  if (typeof word === 'string') return [];
  const parts = 'parts' in word ? word.parts : [word];
  return parts.flatMap((part) => (typeof part === 'string' ? [] : [part.target]));
}

/** The variable of this program. No target's begins so. */
const self = 'meson_kaon';

/** No word of CMake's has a semicolon in it: they are split there. */
const separator = ';;;';

/** CMake runs several commands, in a folder of its own, and makes files there: a helper does that. */
function declareCustom(
  code: Code,
  target: CmakeCustomTarget,
  { rows, command }: { readonly rows: readonly CmakeTarget[]; readonly command: readonly Word[] },
): CmakeVariables {
  const word = (one: CommandWord): Word => {
    if (typeof one === 'string') return one;
    if ('target' in one) return name(nameOf(rows, one.target));
    const parts = one.parts.map((part) =>
      typeof part === 'string' ? wordText(part) : `${nameOf(rows, part.target)}.full_path()`,
    );
    return name(parts.join(' + '));
  };
  const needsNoFile = (row: CmakeRow): boolean => {
    const needed = rows[row];
    return needed?.kind === 'build' && needed.function === 'header_only';
  };
  const { depfile } = target;
  code.comment(`${target.place.file}:${target.place.line}`);
  const made = callOf('custom_target', [target.name], {
    input: target.inputs.map((one) => (typeof one === 'string' ? one : outputWord(rows, one))),
    output: target.outputs,
    command: [
      ...command,
      ...(depfile === undefined ? [] : ['--depfile', depfile, target.binaryDir, '@DEPFILE@']),
      ...[target.workingDirectory, '@OUTPUT@', separator],
      ...target.originals,
      ...target.commands.flatMap((words) => [separator, ...words.map(word)]),
    ],
    ...(depfile === undefined ? {} : { depfile: `${target.name}.d` }),
    depends: target.depends
      .filter((row) => !needsNoFile(row))
      .map((row) => name(nameOf(rows, row))),
  });
  code.set(target.name, made);
  return {
    function: 'custom_target',
    includes: undefined,
    sources: undefined,
    dependency: undefined,
    target: target.name,
  };
}
