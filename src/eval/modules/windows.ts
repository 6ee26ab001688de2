import { basename } from 'node:path/posix';
import { unreachable } from '../../base/assert.ts';
import { stem } from '../../model/name-templates.ts';
import type { CommandWord, Item, TargetId } from '../../model/target.ts';
import { absoluteIncludes } from '../absolute-includes.ts';
import { bool, listOf, object, oneOf, str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import { atLeastOne, builtin, type KeywordValues, keyword, type Module } from '../declare.ts';
import { type FileObject, writtenPath } from '../objects/file.ts';
import { includeDirectoriesType } from '../objects/include-directories.ts';
import type { CustomTargetIndexObject, TargetObject } from '../objects/target.ts';
import { joinPath, normalPath } from '../paths.ts';
import { customTarget, customTargetIndex, file, strOrFile } from '../targets/argument-types.ts';
import { dependsOf } from '../targets/command/command-words.ts';
import { itemNames } from '../targets/item-names.ts';
import { depends } from '../targets/keywords/command.ts';
import type { IncludeValue } from '../targets/keywords/common.ts';
import { filesOf, itemsOf, outputItems } from '../targets/sources.ts';
import { moduleTarget, textWords } from './module-target.ts';
import { type ResourceCompiler, resourceCompiler } from './windows-resource-compiler.ts';

type Description = string | FileObject | TargetObject | CustomTargetIndexObject;

const keywords = {
  depend_files: keyword(
    listOf(oneOf<string | FileObject>(file, str)),
    [],
    'Files whose change compiles again.',
    { since: '0.47.0' },
  ),
  depends: { ...depends, since: '0.47.0' },
  include_directories: keyword(
    listOf(oneOf<IncludeValue>(str, object(includeDirectoriesType))),
    [],
    'Where files that descriptions name are looked for.',
  ),
  implicit_include_directories: keyword(
    bool,
    false,
    'Also look in the folder of the build file, here and in the build tree.',
    { since: '1.11.0' },
  ),
  args: keyword(listOf(str), [], 'Further arguments of the compiler.'),
};

const compileResources = builtin({
  name: 'compile_resources',
  label: 'windows.compile_resources',
  doc: 'Compiles descriptions of resources to objects that programs link.',
  rest: atLeastOne(
    'descriptions',
    oneOf<Description>(strOrFile, customTarget, customTargetIndex),
    'The descriptions.',
  ),
  keywords,
  returns: 'array[custom_tgt]',
  run: (call, { rest: given, keywords: values }) => {
    const words = [...values.args, ...includeWords(call, values)];
    const compiler = resourceCompiler(call);
    if (compiler.kind === 'windres')
      for (const word of words)
        if (word.includes(' '))
          call.warn(
            `Argument '${word}' has a space which may not work with windres due to a MinGW bug: https://sourceware.org/bugzilla/show_bug.cgi?id=4933`,
          );
    const dependIds = dependsOf(values.depends);
    const dependFiles = filesOf(call, values.depend_files);
    return given
      .flatMap((one) => namesOf(call, one))
      .map(({ name, target, input }) => {
        const base = stem(itemNames(call.evaluation.tables, input)[0] ?? '');
        const output = `${plain(name)}_${base}.${compiler.kind === 'rc' ? 'res' : 'o'}`;
        return moduleTarget(call, {
          name: plain(target),
          inputs: [input],
          outputs: [output],
          command: commandOf(compiler, words),
          ...(compiler.kind === 'windres' && { depfile: `${output}.d` }),
          depends: dependIds,
          dependFiles,
          buildByDefault: false,
          description: 'Compiling Windows resource ',
        });
      });
  },
});

function commandOf(
  { kind, command }: ResourceCompiler,
  words: readonly string[],
): readonly CommandWord[] {
  const program: CommandWord = { kind: 'program', command };
  switch (kind) {
    case 'rc':
      return [program, ...textWords([...words, '/nologo', '/fo@OUTPUT@', '@INPUT@'])];
    case 'wrc':
      return [program, ...textWords([...words, '@INPUT@', '-o', '@OUTPUT@'])];
    case 'windres':
      return [
        program,
        ...textWords([...words, '@INPUT@', '@OUTPUT@']),
        ...textWords(['-MD', '-MQ@OUTPUT@', '-MF@DEPFILE@'].map(preprocessorArgument)),
      ];
    default:
      return unreachable(kind);
  }
}

function preprocessorArgument(argument: string): string {
  return `--preprocessor-arg=${argument}`;
}

function includeWords(call: Call, values: KeywordValues<typeof keywords>): readonly string[] {
  const { evaluation, scope } = call;
  const { buildRoot, sourceRoot, tables } = evaluation;
  const made = dependsOf(values.depends).flatMap((id: TargetId) => {
    const row = tables.targets.get(id);
    return row.kind === 'custom' ? [joinPath(buildRoot, row.buildSubdir)] : [];
  });
  const asked = values.include_directories.flatMap((one) =>
    typeof one === 'string' ? [one] : absoluteIncludes(evaluation, one.directories),
  );
  const here = [joinPath(buildRoot, scope.buildSubdir), joinPath(sourceRoot, scope.subdir)];
  const own = values.implicit_include_directories ? here.map(normalPath) : [];
  return [...made, ...asked, ...own].map((folder) => `-I${folder}`);
}

/** One description: what its object and its target are named after. */
interface Named {
  readonly name: string;
  readonly target: string;
  readonly input: Item;
}

function namesOf(call: Call, given: Description): readonly Named[] {
  const { tables } = call.evaluation;
  if (typeof given === 'string' || 'file' in given) {
    const [input] = itemsOf(call, [given]);
    if (input?.kind !== 'file') return [];
    if (typeof given !== 'string')
      return [
        { name: writtenPath(given), target: given.written ?? basename(given.file.path), input },
      ];
    return [{ name: inFolder(call.scope.subdir, given), target: given, input }];
  }
  const row = tables.targets.get(given.target);
  if ('output' in given) {
    call.uses('windows.compile_resource CustomTargetIndex in positional arguments', '0.61.0');
    const input: Item = { kind: 'output', target: given.target, output: given.output };
    const [file = ''] = itemNames(tables, input);
    return [
      {
        name: `${row.introspectionId}_${given.output}`,
        target: `windows_compile_resources_${file}`,
        input,
      },
    ];
  }
  const outputs = outputItems(call, given.target);
  if (outputs.length > 1)
    call.uses(
      'windows.compile_resource CustomTarget with multiple outputs in positional arguments',
      '0.61.0',
    );
  return outputs.map((input, at) => ({
    name: `${row.introspectionId}_${at}`,
    target: `windows_compile_resources_${at}_${itemNames(tables, input)[0]}`,
    input,
  }));
}

/** With the `..` that the build file wrote: names are made of it. */
function inFolder(folder: string, path: string): string {
  return folder === '' || path.startsWith('/') ? path : `${folder}/${path}`;
}

/** Names of targets are no paths. */
function plain(name: string): string {
  return name.replaceAll(/[/\\:]/g, '_');
}

/** Meson's module `windows`. */
export const windowsModule: Module = {
  name: 'windows',
  doc: 'Resources of programs for Windows.',
  functions: [compileResources],
};
