import { versionMatches } from '../../../base/version.ts';
import type { CommandWord, Item } from '../../../model/target.ts';
import {
  type ArgumentType,
  listOf,
  named,
  object,
  oneOf,
  orNothing,
  str,
} from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { builtin, keyword, positional, requiredKeyword } from '../../declare.ts';
import type { FileObject } from '../../objects/file.ts';
import {
  type CustomTargetIndexObject,
  type StructuredSourcesObject,
  structuredSourcesType,
  type TargetObject,
} from '../../objects/target.ts';
import { perEvaluation } from '../../per-evaluation.ts';
import { findProgram } from '../../programs/find-program.ts';
import { requiredWord } from '../../programs/required-program.ts';
import {
  customTarget,
  customTargetIndex,
  file,
  oneOfChoices,
} from '../../targets/argument-types.ts';
import { dependFiles } from '../../targets/keywords/command.ts';
import { install, installDir } from '../../targets/keywords/install.ts';
import { optionOf } from '../../targets/options.ts';
import { filesOf, itemsOf } from '../../targets/sources.ts';
import { isA } from '../../value.ts';
import { fileNameOf, moduleTarget } from '../module-target.ts';
import { headerLanguage } from './header-language.ts';

type FileLike = string | FileObject | TargetObject | CustomTargetIndexObject;
const fileLike: ArgumentType<FileLike> = oneOf<FileLike>(
  str,
  file,
  customTarget,
  customTargetIndex,
);

export const rustCbindgen = builtin({
  name: 'cbindgen',
  label: 'rust.cbindgen',
  doc: 'A header for C, C++ or Cython of what a crate exports, made by cbindgen.',
  since: '1.12.0',
  positional: [
    positional(
      'source',
      named(
        oneOf<FileLike | StructuredSourcesObject>(fileLike, object(structuredSourcesType)),
        ...['str', 'File', 'CustomTargetIndex', 'CustomTarget', 'StructuredSources'],
      ),
      "The crate's root.",
    ),
    positional('output', str, 'Name of the header.'),
  ],
  keywords: {
    config: requiredKeyword(fileLike, 'The configuration: a .toml file.', {
      check: (value) =>
        typeof value === 'string' && !value.endsWith('.toml')
          ? 'config file must be a .toml file'
          : undefined,
    }),
    language: keyword(orNothing(str), undefined, 'The language of the header.', {
      check: oneOfChoices('c', 'cpp', 'cython'),
    }),
    depends: keyword(
      listOf(oneOf<TargetObject | CustomTargetIndexObject>(customTarget, customTargetIndex)),
      [],
      'Targets that are made before.',
    ),
    depend_files: dependFiles,
    install,
    install_dir: installDir,
  },
  returns: 'custom_tgt',
  run: (call, { positional: [source, output], keywords }) => {
    if (keywords.install && !keywords.install_dir)
      call.fail('cbindgen: When `install` is true `install_dir` must be set');
    const cbindgen = cbindgenOf(call);
    const [input, ...others] = sourceItems(call, source);
    if (input === undefined) return call.fail('cbindgen needs a source file');
    const name = singleName(call, input, source);
    if (output.includes('/')) call.fail('outfile name must not contain a path segment');
    return moduleTarget(call, {
      name: `rustmod-cbindgen-${output}`,
      inputs: [...itemsOf(call, [keywords.config]).slice(0, 1), input],
      outputs: [output],
      command: [
        cbindgen.word,
        ...words(call, keywords.language ?? headerLanguage(call, output), cbindgen),
      ],
      depfile: `${name.slice(name.lastIndexOf('/') + 1)}.d`,
      depends: [
        ...keywords.depends.map(({ target }) => target),
        ...others.flatMap((item) => (item.kind === 'output' ? [item.target] : [])),
      ],
      dependFiles: [
        ...filesOf(call, keywords.depend_files),
        ...others.flatMap((item) => (item.kind === 'file' ? [item.file] : [])),
      ],
      install: keywords.install
        ? { directories: [keywords.install_dir], mode: undefined, tags: ['devel'] }
        : undefined,
    });
  },
});

function sourceItems(call: Call, source: FileLike | StructuredSourcesObject): readonly Item[] {
  if (typeof source === 'string' || !isA(source, structuredSourcesType))
    return itemsOf(call, [source]);
  const items = source.folders.flatMap((folder) => folder.items);
  if (items[0]?.kind === 'generated')
    call.fail('Using a GeneratedList as the main input for cbindgen is unsupported');
  return items;
}

function singleName(call: Call, input: Item, source: FileLike | StructuredSourcesObject): string {
  if (input.kind === 'output' && typeof source === 'object' && !('output' in source)) {
    const target = call.evaluation.tables.targets.get(input.target);
    if (target.kind === 'custom' && target.outputs.length !== 1)
      call.fail(
        'Cannot pass a custom_target generating more than one output to rust.cbindgen, use custom_target[index] to select the output to generate bindings for',
      );
  }
  return fileNameOf(call, input);
}

const found = perEvaluation(
  (): { cbindgen?: { readonly word: CommandWord; readonly hasDepfile: boolean } } => ({}),
);

function cbindgenOf(call: Call): { readonly word: CommandWord; readonly hasDepfile: boolean } {
  const state = found(call.evaluation);
  if (state.cbindgen !== undefined) return state.cbindgen;
  const program = findProgram(call, { names: ['cbindgen'], machine: 'host', required: true });
  const word = requiredWord(call, program);
  state.cbindgen = { word, hasDepfile: versionMatches(program.version() ?? '', '>=0.25') };
  return state.cbindgen;
}

function words(
  call: Call,
  language: string,
  { hasDepfile }: { readonly hasDepfile: boolean },
): readonly CommandWord[] {
  const debug = optionOf(call, 'debug') === true;
  const all = [
    ...['--output', '@OUTPUT@', '--config', '@INPUT0@', '--quiet'],
    ...['--lang', language === 'cpp' ? 'c++' : language],
    ...['--profile', debug ? 'debug' : 'release'],
    ...(language === 'c' ? ['--cpp-compat'] : []),
    ...(hasDepfile ? ['--depfile', '@DEPFILE@'] : []),
    ...['--', '@INPUT1@'],
  ];
  return all.map((text) => ({ kind: 'text', text }));
}
