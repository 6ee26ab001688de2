import { posix } from 'node:path';
import { pathBelow } from '../../../base/path-below.ts';
import { compileArgsOf } from '../../../model/dependency-args.ts';
import type { FileRef } from '../../../model/file.ts';
import type { CommandWord, DependencyId, TargetId } from '../../../model/target.ts';
import { includeArgs } from '../../absolute-includes.ts';
import type { Call } from '../../call.ts';
import type { DependencyObject } from '../../objects/dependency.ts';
import { type GeneratedListObject, generatedListType } from '../../objects/generator.ts';
import type { TargetObject } from '../../objects/target.ts';
import { absolutePath, currentSourceDir, joinPath, normalPath } from '../../paths.ts';
import type { SourceInput } from '../../targets/argument-types.ts';
import type { IncludeValue } from '../../targets/keywords/common.ts';
import { itemsOf } from '../../targets/sources.ts';
import { moduleTarget, textWords } from '../module-target.ts';
import { type QtTools, type QtVersion, type QtWanted, qtIs, qtTools, qtWord } from './tools.ts';

interface Common extends QtWanted {
  readonly sources: readonly SourceInput[];
  readonly extra_args: readonly string[];
}

interface Listed {
  readonly program: CommandWord;
  readonly words: readonly string[];
  readonly outputs: readonly string[];
  readonly inputs: readonly SourceInput[];
  readonly keepsFolders: boolean;
  readonly depfile?: string;
  readonly depends?: readonly TargetId[];
}

/** Files that each using target makes. */
function list(call: Call, given: Listed): GeneratedListObject {
  const { evaluation, scope } = call;
  const made = evaluation.tables.generatedLists.add({
    subdir: scope.subdir,
    program: given.program,
    arguments: given.words,
    outputs: given.outputs,
    inputs: itemsOf(call, given.inputs),
    extraArguments: [],
    preservePathFrom: given.keepsFolders ? currentSourceDir(evaluation, scope) : undefined,
    environment: [],
    depfile: given.depfile,
    capture: false,
    depends: given.depends ?? [],
  });
  return { type: generatedListType, list: made };
}

/** Headers of forms. */
export function compileUi(
  call: Call,
  qt: QtVersion,
  given: Common & { readonly preserve_paths: boolean },
): GeneratedListObject {
  const program = qtWord(call, qtTools(call, qt, given), 'uic');
  return list(call, {
    program,
    words: [...given.extra_args, '-o', '@OUTPUT@', '@INPUT@'],
    outputs: ['ui_@BASENAME@.h'],
    inputs: given.sources,
    keepsFolders: given.preserve_paths,
  });
}

export interface MocRequest extends Common {
  readonly headers: readonly SourceInput[];
  readonly include_directories: readonly IncludeValue[];
  readonly dependencies: readonly DependencyObject[];
  readonly preserve_paths: boolean;
  readonly output_json: boolean;
}

/** What signals and slots need beside the classes that have them. */
export function compileMoc(
  call: Call,
  qt: QtVersion,
  given: MocRequest,
): readonly GeneratedListObject[] {
  const tools = qtTools(call, qt, given);
  const program = qtWord(call, tools, 'moc');
  if (given.headers.length === 0 && given.sources.length === 0)
    call.fail(
      'At least one of the "headers" or "sources" keyword arguments must be provided and not empty',
    );
  const isNew = qtIs(tools, '>=5.15.0');
  if (given.output_json && !isNew) call.fail(`moc-qt${qt} doesn't support "output_json" option`);
  const ids = given.dependencies.map(({ dependency }) => dependency);
  const words = [
    ...given.extra_args,
    ...(isNew ? ['--output-dep-file'] : []),
    ...(given.output_json ? ['--output-json'] : []),
    ...given.include_directories.flatMap((one) =>
      typeof one === 'string' ? [`-I${one}`] : includeArgs(call.evaluation, [one.directories]),
    ),
    ...compileArgs(call, ids),
    ...['@INPUT@', '-o', '@OUTPUT0@'],
  ];
  const made = (output: string, inputs: readonly SourceInput[]): readonly GeneratedListObject[] =>
    inputs.length === 0
      ? []
      : [
          list(call, {
            program,
            words,
            outputs: given.output_json ? [output, `${output}.json`] : [output],
            inputs,
            keepsFolders: given.preserve_paths,
            ...(isNew && { depfile: `${output}.d` }),
          }),
        ];
  return [...made('moc_@BASENAME@.cpp', given.headers), ...made('@BASENAME@.moc', given.sources)];
}

/** What moc takes of the flags that dependencies have. */
function compileArgs(call: Call, ids: readonly DependencyId[]): readonly string[] {
  return ids.flatMap((id) => {
    const row = call.evaluation.tables.dependencies.get(id);
    return [
      ...compileArgsOf(row).filter((arg) => /^-[IFD]/.test(arg)),
      ...includeArgs(call.evaluation, row.includeDirectories),
      ...compileArgs(call, row.dependencies),
    ];
  });
}

/** Resources as code: one file of all where there is a name, else one of each. */
export function compileResources(
  call: Call,
  qt: QtVersion,
  given: Common & { readonly name: string | undefined },
): readonly TargetObject[] {
  const tools = qtTools(call, qt, given);
  const rcc = qtWord(call, tools, 'rcc');
  const tells = qtIs(tools, '>=5.14.0');
  const files = itemsOf(call, given.sources).map((item) =>
    item.kind === 'file'
      ? item.file
      : call.fail(
          'Resource xml files generated at build-time cannot be used with qt.compile_resources() because we need to scan the xml for dependencies.\nUse configure_file() instead to generate it at configure-time.',
        ),
  );
  const make = (target: string, name: string, inputs: readonly FileRef[]): TargetObject =>
    moduleTarget(call, {
      name: target,
      inputs: inputs.map((file) => ({ kind: 'file', file })),
      outputs: [`${target}.cpp`],
      command: [
        rcc,
        ...textWords(['-name', name, '-o', '@OUTPUT@', ...given.extra_args, '@INPUT@']),
        ...textWords(tells ? ['--depfile', '@DEPFILE@'] : []),
      ],
      dependFiles: inputs.flatMap((file) => resourceFiles(call, file)),
      ...(tells && { depfile: `${target}.d` }),
      description: 'Compiling Qt resources ',
    });
  if (given.name) return [make(given.name, given.name, files)];
  return files.map((file) => {
    const base = posix.basename(file.path);
    return make(`qt${qt}-${base.replaceAll('.', '_')}`, '@BASENAME@', [file]);
  });
}

/** The files that a list of resources names, relative to itself. */
export function resourceNames(call: Call, list_: FileRef): readonly string[] {
  const { evaluation } = call;
  const path = absolutePath(evaluation, list_);
  const text = evaluation.host.files.readText(path);
  if (!text.ok || !text.value.includes('<RCC'))
    return call.fail(`Unable to parse resource file ${path}`);
  if (list_.tree === 'source') evaluation.tables.buildFiles.set(path, list_);
  return [...text.value.matchAll(/<file\b[^>]*>([^<]*)<\/file>/g)].map(([, name = '']) =>
    name.trim(),
  );
}

function resourceFiles(call: Call, file: FileRef): readonly FileRef[] {
  const { buildRoot, sourceRoot } = call.evaluation;
  const folder = posix.dirname(absolutePath(call.evaluation, file));
  return resourceNames(call, file).map((name) => {
    const path = normalPath(joinPath(folder, name));
    const built = pathBelow(buildRoot, path);
    return built === undefined
      ? { tree: 'source', path: pathBelow(sourceRoot, path) ?? path }
      : { tree: 'build', path: built };
  });
}

/** The compiled form of each translation. */
export function compileTranslations(
  call: Call,
  qt: QtVersion,
  given: {
    readonly sources: readonly SourceInput[];
    readonly method: string;
    readonly buildByDefault: boolean;
    readonly installDir: string | undefined;
  },
): readonly TargetObject[] {
  const tools = qtTools(call, qt, given);
  return given.sources.flatMap((source) =>
    itemsOf(call, [source]).map((item) => {
      const written = typeof source === 'string' ? source : '';
      const path = item.kind === 'file' ? item.file.path : written;
      const base = posix.parse(path).name;
      return moduleTarget(call, {
        name: `qt${qt}-compile-${written || posix.basename(path)}`.replaceAll('/', '_'),
        inputs: [item],
        folder: posix.dirname(written),
        outputs: [`${base}.qm`],
        command: [qtWord(call, tools, 'lrelease'), ...textWords(['@INPUT@', '-qm', '@OUTPUT@'])],
        buildByDefault: given.buildByDefault,
        install:
          given.installDir === undefined
            ? undefined
            : { directories: [given.installDir], mode: undefined, tags: ['i18n'] },
        description: 'Compiling Qt translations ',
      });
    }),
  );
}

/** Whether a tool was found. */
export function hasTool(tools: QtTools, name: string): boolean {
  return [...tools.programs].some(([one, { found }]) => one === name && found.kind !== 'no');
}
