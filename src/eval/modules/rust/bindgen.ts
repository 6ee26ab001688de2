import { isTexts } from '../../../base/parse-json.ts';
import { versionMatches } from '../../../base/version.ts';
import { rememberTool } from '../../../host/tool-identity.ts';
import { compileArgsOf } from '../../../model/dependency-args.ts';
import type { FileRef } from '../../../model/file.ts';
import type { CommandWord, Item, TargetId } from '../../../model/target.ts';
import { assertionsOff } from '../../../toolchains/base-options.ts';
import { familyOf } from '../../../toolchains/family.ts';
import { includeArgs } from '../../absolute-includes.ts';
import { listOf, named, object, oneOf, orNothing, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { builtin, keyword, requiredKeyword } from '../../declare.ts';
import { toolchainsOf } from '../../languages/add-languages.ts';
import { projectOptions } from '../../methods/compiler/checker.ts';
import type { DependencyObject } from '../../objects/dependency.ts';
import type { FileObject } from '../../objects/file.ts';
import type { GeneratedListObject } from '../../objects/generator.ts';
import type { ProgramObject } from '../../objects/program.ts';
import {
  type BothLibrariesObject,
  bothLibrariesType,
  buildTargetType,
  type CustomTargetIndexObject,
  type ExtractedObjectsObject,
  extractedObjectsType,
  type TargetObject,
} from '../../objects/target.ts';
import { perEvaluation } from '../../per-evaluation.ts';
import { findProgram } from '../../programs/find-program.ts';
import { requiredWord } from '../../programs/required-program.ts';
import {
  buildTarget,
  customTarget,
  customTargetIndex,
  extractedObjects,
  file,
  generatedList,
  nonEmptyListOf,
  oneOfChoices,
} from '../../targets/argument-types.ts';
import { includesOf } from '../../targets/build/include-directories.ts';
import { oneOutput } from '../../targets/keywords/command.ts';
import {
  dependencies,
  type IncludeValue,
  includeDirectories,
} from '../../targets/keywords/common.ts';
import { itemsOf } from '../../targets/sources.ts';
import { isA, isList } from '../../value.ts';
import { fileNameOf, moduleTarget } from '../module-target.ts';
import { bindgenRuleKeywords, withRules } from './bindgen-rules.ts';
import { headerLanguage } from './header-language.ts';
import { checkLibclang } from './libclang.ts';

type Input =
  | string
  | FileObject
  | GeneratedListObject
  | TargetObject
  | BothLibrariesObject
  | ExtractedObjectsObject
  | CustomTargetIndexObject;

const inputs = requiredKeyword(
  nonEmptyListOf(
    named(
      oneOf<Input>(
        file,
        generatedList,
        object(bothLibrariesType),
        buildTarget,
        extractedObjects,
        customTargetIndex,
        customTarget,
        str,
      ),
      ...['File', 'GeneratedList', 'BuildTarget', 'BothLibraries', 'ExtractedObjects'],
      ...['CustomTargetIndex', 'CustomTarget', 'str'],
    ),
  ),
  'The header, and what must be made before it is read.',
);

export const rustBindgen = builtin({
  name: 'bindgen',
  label: 'rust.bindgen',
  doc: 'Declarations for Rust of what a C or C++ header declares, made by bindgen.',
  keywords: {
    input: inputs,
    output: oneOutput,
    output_inline_wrapper: keyword(str, '', 'C file with what static inline functions need.', {
      since: '1.4.0',
    }),
    c_args: keyword(listOf(str), [], 'Arguments for clang.'),
    args: keyword(listOf(str), [], 'Arguments for bindgen.'),
    language: keyword(orNothing(str), undefined, 'What the header is written in.', {
      since: '1.4.0',
      check: oneOfChoices('c', 'cpp'),
    }),
    bindgen_version: keyword(listOf(str), [], "Requirements of bindgen's version.", {
      since: '1.4.0',
    }),
    include_directories: {
      ...includeDirectories,
      sinceValues: [
        {
          feature: 'of type array[str]',
          since: '1.0.0',
          used: (values: readonly IncludeValue[]) =>
            values.some((value) => typeof value === 'string'),
        },
      ],
    },
    dependencies: { ...dependencies, since: '1.0.0' },
    ...bindgenRuleKeywords,
  },
  returns: 'custom_tgt',
  run: (call, { keywords }) => {
    const [header, ...others] = keywords.input;
    if (header === undefined || isObjects(header))
      return call.fail('bindgen source file must be a C header, not an object or build target');
    const [input] = itemsOf(call, [header]);
    if (input === undefined) return call.fail('bindgen source file must be a C header');
    const needs = needed(call, others);
    const clangArgs = [
      ...targetArgs(call),
      ...compilerArgs(call),
      ...includeArgs(call.evaluation, includesOf(call, keywords.include_directories)),
      ...(assertionsOff(projectOptions(call.evaluation, call.scope.subproject, 'host'))
        ? ['-DNDEBUG']
        : []),
      ...keywords.dependencies.flatMap((one) => dependencyArgs(call, one, needs)),
    ];
    const bindgen = bindgenOf(call, keywords.bindgen_version);
    const name = fileNameOf(call, input);
    const language = keywords.language ?? headerLanguage(call, name);
    clangArgs.push(...languageArgs(call, language));
    const wrapper = keywords.output_inline_wrapper;
    return moduleTarget(call, {
      name: `rustmod-bindgen-${name}`.replaceAll('/', '_'),
      inputs: [input],
      outputs: [keywords.output, ...(wrapper === '' ? [] : [wrapper])],
      command: withRules(
        call,
        [
          bindgen.word,
          ...words(call, bindgen, {
            args: keywords.args,
            wrapper: wrapper !== '',
            clang: [...keywords.c_args, ...clangArgs],
          }),
        ],
        keywords,
      ),
      depfile: `${name.slice(name.lastIndexOf('/') + 1)}.d`,
      depends: needs.depends,
      dependFiles: needs.files,
      description: 'Generating bindings for Rust ',
    });
  },
});

function isObjects(
  value: Input,
): value is BothLibrariesObject | ExtractedObjectsObject | TargetObject {
  return (
    isA(value, buildTargetType) || isA(value, bothLibrariesType) || isA(value, extractedObjectsType)
  );
}

/** Targets and files whose change makes the bindings anew. */
interface Needed {
  readonly depends: TargetId[];
  readonly files: FileRef[];
}

function needed(call: Call, values: readonly Input[]): Needed {
  const result: Needed = { depends: [], files: [] };
  for (const value of values) {
    if (typeof value !== 'string' && isA(value, bothLibrariesType))
      result.depends.push(value.shared, value.static);
    else for (const item of itemsOf(call, [value])) need(call, item, result);
  }
  return result;
}

function need({ evaluation }: Call, item: Item, result: Needed): void {
  switch (item.kind) {
    case 'file':
      result.files.push(item.file);
      break;
    case 'generated':
      result.depends.push(...evaluation.tables.generatedLists.get(item.list).depends);
      break;
    default:
      result.depends.push(item.target);
  }
}

/** `--target` for clang: of the machine file, else that of rustc. */
function targetArgs(call: Call): readonly string[] {
  const { properties } = call.evaluation.configs.host;
  const told = properties.get('bindgen_clang_arguments') ?? [];
  const args = typeof told === 'string' ? [told] : told;
  if (!isTexts(args))
    return call.fail('bindgen_clang_arguments must be a string or an array of strings');
  if (targetOf(args) !== undefined) return args;
  const command = toolchainsOf(call, 'host').get('rust')?.command ?? [];
  const target = targetOf(command);
  return target === undefined ? args : [...args, `--target=${target}`];
}

function targetOf(words: readonly string[]): string | undefined {
  const at = words.indexOf('--target');
  const joined = words.find((word) => word.startsWith('--target='))?.slice('--target='.length);
  return at === -1 ? joined : words[at + 1];
}

/** What the compiler that will read the header too is always given. */
function compilerArgs(call: Call): readonly string[] {
  const toolchains = toolchainsOf(call, 'host');
  for (const language of ['c', 'cpp', 'objc', 'objcpp']) {
    const toolchain = toolchains.get(language);
    if (toolchain !== undefined) return familyOf(toolchain).compile.always;
  }
  call.warn(
    "Using `rust.bindgen` without configuring C (or a C-like)\nlanguage in Meson will skip compiler detection and can cause\nABI incompatibilities due to missing crucial compiler flags.\nConsider calling `add_languages('c')` in your Meson build\nfiles.\n",
  );
  return [];
}

/** What clang must know of a dependency. Its sources are made before. */
function dependencyArgs(
  call: Call,
  { dependency }: DependencyObject,
  needs: Needed,
): readonly string[] {
  const { tables } = call.evaluation;
  const row = tables.dependencies.get(dependency);
  if (row.kind === 'not-found') return [];
  for (const item of row.sources) need(call, item, needs);
  return [
    ...includeArgs(call.evaluation, row.includeDirectories),
    ...allCompileArgs(call, dependency),
  ];
}

function allCompileArgs(call: Call, id: DependencyObject['dependency']): readonly string[] {
  const row = call.evaluation.tables.dependencies.get(id);
  return [...compileArgsOf(row), ...row.dependencies.flatMap((one) => allCompileArgs(call, one))];
}

/** Include folders and defines that the project has for a language, and its standard. */
function languageArgs(call: Call, language: string): readonly string[] {
  const { evaluation, scope } = call;
  const { tables } = evaluation;
  const option = projectOptions(evaluation, scope.subproject, 'host');
  const own = option(`${language}_args`);
  const project = tables.projects.get(scope.project);
  const args = [
    ...(tables.globalArgs.get('host')?.get(language)?.compile ?? []),
    ...(project.args.get('host')?.get(language)?.compile ?? []),
    ...(isList(own) && isTexts(own) ? own : []),
  ].filter((arg) => /^[-/][IDU]/.test(arg));
  const std = String(option(`${language}_std`) ?? 'none');
  const plain = std === 'vc++latest' ? 'c++20' : std.replace(/^vc\+\+/, 'c++');
  return [
    ...args,
    ...(language === 'cpp' ? ['-x', 'c++'] : []),
    ...(plain === 'none' ? [] : [`-std=${plain}`]),
  ];
}

interface Bindgen {
  readonly word: CommandWord;
  readonly version: string;
  /** What `--rust-target` may say. */
  readonly rustTarget: string | undefined;
}

const found = perEvaluation((): { bindgen?: Bindgen } => ({}));

/** bindgen, looked for once: later calls get the same whatever version they ask for, as in Meson. */
function bindgenOf(call: Call, version: readonly string[]): Bindgen {
  const state = found(call.evaluation);
  if (state.bindgen !== undefined) return state.bindgen;
  const program = findProgram(call, {
    names: ['bindgen'],
    machine: 'host',
    required: true,
    version,
  });
  const word = requiredWord(call, program);
  const ownVersion = program.version() ?? '';
  if (program.found.kind === 'command')
    checkLibclang(call, { command: program.found.command, version: ownVersion });
  state.bindgen = { word, version: ownVersion, rustTarget: rustTargetOf(call, program) };
  return state.bindgen;
}

/** The version of rustc that bindgen is told to write for, unless it does not know it. */
function rustTargetOf(call: Call, { found: what }: ProgramObject): string | undefined {
  const { host } = call.evaluation;
  const rustc = toolchainsOf(call, 'host').get('rust');
  if (rustc === undefined) return undefined;
  const target = familyOf(rustc).rust?.nightly === true ? 'nightly' : rustc.version;
  if (what.kind !== 'command') return target;
  // It looks at the word only when there is a header to read.
  const argv = [...what.command, '--rust-target', target, '/dev/null'];
  const { stdout, stderr } = host.processes.run({
    argv,
    ...rememberTool(host, argv),
    workingDirectory: host.system.workingDirectory,
    environment: host.system.environment,
  });
  const unknown = /Got an invalid|is not a valid Rust target/.test(stdout + stderr);
  return unknown ? undefined : target;
}

/** bindgen's arguments: its own, then clang's. */
function words(
  call: Call,
  { version, rustTarget }: Bindgen,
  given: {
    readonly args: readonly string[];
    readonly wrapper: boolean;
    readonly clang: readonly string[];
  },
): readonly CommandWord[] {
  const { buildRoot, options } = call.evaluation;
  if (given.wrapper && version !== '' && versionMatches(version, '<0.65'))
    call.fail("'output_inline_wrapper' parameter of rust.bindgen requires bindgen-0.65 or newer");
  const edition = options.find({ name: 'rust_std', subproject: undefined, machine: 'host' });
  const own = [
    ...['@INPUT@', '--output', `${buildRoot}/@OUTPUT0@`, ...given.args],
    ...(given.wrapper
      ? [
          ...['--experimental', '--wrap-static-fns'],
          ...['--wrap-static-fns-path', `${buildRoot}/@OUTPUT1@`],
        ]
      : []),
  ];
  const extra = [
    ...(rustTarget !== undefined && !own.includes('--rust-target')
      ? ['--rust-target', rustTarget]
      : []),
    ...(versionMatches(version, '>=0.71') &&
    !own.includes('--rust-edition') &&
    typeof edition === 'string' &&
    edition !== 'none'
      ? ['--rust-edition', edition]
      : []),
  ];
  const all = [
    ...[...own, ...extra, '--', ...given.clang],
    ...['-MD', '-MQ', '@INPUT@', '-MF', '@DEPFILE@'],
  ];
  return all.map((text) => ({ kind: 'text', text }));
}
