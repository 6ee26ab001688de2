import { posix } from 'node:path';
import type { CommandWord, Item, Preprocessing } from '../../../model/target.ts';
import { listOf, object, oneOf, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { atLeastOne, keyword, type Method, methodOf } from '../../declare.ts';
import type { CompilerObject } from '../../objects/compiler.ts';
import { fileType } from '../../objects/file.ts';
import { generatedListType } from '../../objects/generator.ts';
import {
  buildTargetType,
  type CustomTargetIndexObject,
  customTargetIndexType,
  customTargetType,
  type TargetObject,
} from '../../objects/target.ts';
import { joinPath } from '../../paths.ts';
import { perEvaluation } from '../../per-evaluation.ts';
import { introspectionId, registerTarget } from '../../targets/register.ts';
import { itemsOf, type SourceValue } from '../../targets/sources.ts';
import { projectOptions } from './checker.ts';
import { type CheckKeywords, checkSetup } from './input.ts';
import { args, dependencies, includeDirectories } from './keywords.ts';

const method = methodOf<CompilerObject>();

const source = oneOf<SourceValue>(
  str,
  object(fileType),
  object(customTargetType),
  object(customTargetIndexType),
  object(generatedListType),
);

/** How many times a folder asked for preprocessing: its targets are numbered. */
const counters = perEvaluation(() => new Map<string, number>());

const preprocess = method({
  name: 'preprocess',
  doc: 'Sources as the preprocessor leaves them: targets, one for each.',
  since: '0.64.0',
  rest: atLeastOne('sources', source, 'Files of any suffix.'),
  keywords: {
    output: keyword(str, '@PLAINNAME@.i', 'The name of each output.'),
    compile_args: {
      ...args,
      since: '1.3.2',
      sinceNote: 'compile_args were ignored before this version',
    },
    include_directories: includeDirectories,
    dependencies: { ...dependencies, since: '1.1.0' },
    depends: keyword(
      listOf(
        oneOf<TargetObject | CustomTargetIndexObject>(
          object(buildTargetType),
          object(customTargetType),
          object(customTargetIndexType),
        ),
      ),
      [],
      'Targets to be built first.',
      { since: '1.4.0' },
    ),
  },
  returns: 'list[custom_idx]',
  run: (call, self, { rest: sources, keywords }) => {
    const number = counters(call.evaluation).get(call.scope.subdir) ?? 0;
    counters(call.evaluation).set(call.scope.subdir, number + 1);
    if (number > 0) call.uses('compiler.preprocess used multiple times', '1.1.0');
    const folder = joinPath(call.scope.buildSubdir, `preprocessor_${number}.p`);
    const { words, ...command } = commandOf(call, self, { ...keywords, folder });
    const all = itemsOf(call, sources);
    // Build files may count on what is made coming last.
    const items = [
      ...all.filter(({ kind }) => kind === 'file'),
      ...all.filter(({ kind }) => kind !== 'file'),
    ];
    if (items.some(({ kind }) => kind !== 'file'))
      call.uses('compiler.preprocess with generated sources', '1.1.0');
    return items.map((item, index) =>
      preprocessed(call, {
        item,
        words,
        name: `preprocessor_${number}${index === 0 ? '' : `_${index}`}`,
        folder,
        output: keywords.output,
        depends: keywords.depends.map(({ target }) => target),
        preprocessing: {
          ...command,
          dependencies: keywords.dependencies.map(({ dependency }) => dependency),
          isFirst: index === 0,
        },
      }),
    );
  },
});

/** What a source is preprocessed with: all that it would be compiled with, as macros hang on it. */
function commandOf(
  call: Call,
  self: CompilerObject,
  keywords: { readonly compile_args: readonly string[]; readonly folder: string } & CheckKeywords,
): Omit<Preprocessing, 'dependencies' | 'isFirst'> & { readonly words: readonly CommandWord[] } {
  const { evaluation, scope } = call;
  const { language, machine } = self.toolchain;
  const { checker, input } = checkSetup(call, self, {
    keywords: { ...keywords, no_builtin_args: true },
  });
  const { compile, argumentList } = checker.family;
  const options = projectOptions(evaluation, scope.subproject, machine);
  const project = evaluation.tables.projects.get(scope.project);
  const list = argumentList(argumentList().add(compile.base(options)).toArray())
    .add(compile.always)
    .add(compile.warnings(String(options('warning_level') ?? '1')))
    .add(options('werror') === true ? compile.werror : [])
    .add(compile.options(options))
    .add(compile.std(options))
    .add(compile.optimization(String(options('optimization') ?? '0')))
    .add(compile.debug(options('debug') === true))
    .add(project.args.get(machine)?.get(language)?.compile ?? [])
    .add(evaluation.tables.globalArgs.get(machine)?.get(language)?.compile ?? [])
    .add(checker.compileArgs);
  for (const dependency of input.dependencies ?? []) list.add(dependency.compileArgs);
  list.add(input.args?.('preprocess') ?? []).add(keywords.compile_args);
  const own = ['@CURRENT_SOURCE_DIR@', ...[scope.buildSubdir, keywords.folder].map(inBuildRoot)];
  for (const folder of own) list.add(compile.include(folder));
  const parameters = list.toNative();
  const text = (words: readonly string[]): readonly CommandWord[] =>
    words.map((word) => ({ kind: 'text', text: word }));
  const words = [
    { kind: 'program' as const, command: compile.command },
    ...text(compile.preprocessToFile),
    ...text(parameters),
    ...text(compile.depfile?.('@OUTPUT@', '@DEPFILE@') ?? []),
    ...text([...compile.output('@OUTPUT@'), '@INPUT@']),
  ];
  const compiler = [...compile.command, ...compile.preprocessToFile];
  return { language, machine, compiler, parameters, words };
}

function inBuildRoot(folder: string): string {
  return folder === '' ? '@BUILD_ROOT@' : `@BUILD_ROOT@/${folder}`;
}

function preprocessed(
  call: Call,
  one: {
    readonly item: Item;
    readonly words: readonly CommandWord[];
    readonly name: string;
    readonly folder: string;
    readonly output: string;
    readonly depends: readonly TargetObject['target'][];
    readonly preprocessing: Preprocessing;
  },
): CustomTargetIndexObject {
  const { item, name, folder } = one;
  const plain = posix.basename(inputName(call, item));
  const output = one.output
    .replaceAll('@BASENAME@', plain.replace(/\.[^.]*$/, ''))
    .replaceAll('@PLAINNAME@', plain);
  const target = registerTarget(call, {
    kind: 'custom',
    name,
    project: call.scope.project,
    subdir: call.scope.subdir,
    buildSubdir: folder,
    introspectionId: introspectionId(call.scope.buildSubdir, name, '@compile'),
    definedIn: { tree: 'source', path: joinPath(call.scope.subdir, 'meson.build') },
    buildByDefault: false,
    inputs: [item],
    outputs: [output],
    command: one.words,
    capture: false,
    feed: false,
    console: false,
    depfile: { name: `${output}.d`, format: 'make' },
    depends: one.depends,
    dependFiles: [],
    environment: [],
    buildAlwaysStale: false,
    install: undefined,
    description: `Preprocessing source ${plain}`,
    preprocessing: one.preprocessing,
  });
  return { type: customTargetIndexType, target, output: 0 };
}

function inputName({ evaluation }: Call, item: Item): string {
  if (item.kind === 'file') return item.file.path;
  if (item.kind !== 'output') return 'source';
  const target = evaluation.tables.targets.get(item.target);
  return target.kind === 'custom' ? (target.outputs[item.output] ?? '') : target.name;
}

export const preprocessMethods: readonly Method[] = [preprocess];
