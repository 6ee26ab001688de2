import { bool } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { type Builtin, builtin, type KeywordValues, keyword, rest } from '../../declare.ts';
import { texts } from '../../functions/common-keywords.ts';
import { strOrFile } from '../../targets/argument-types.ts';
import type { Value } from '../../value.ts';
import { compileMoc, compileResources, compileUi } from './generate.ts';
import {
  dependencies,
  folders,
  method,
  oldSources,
  preservePaths,
  textsOrFiles,
} from './keywords.ts';
import type { QtVersion } from './tools.ts';

const keywords = {
  method,
  sources: { ...textsOrFiles('Sources that are passed on.'), deprecated: { since: '0.59.0' } },
  qresources: textsOrFiles('Lists of resources.'),
  ui_files: oldSources,
  moc_sources: oldSources,
  moc_headers: oldSources,
  moc_extra_arguments: { ...texts('Further arguments of moc.'), since: '0.44.0' },
  rcc_extra_arguments: { ...texts('Further arguments of rcc.'), since: '0.49.0' },
  uic_extra_arguments: { ...texts('Further arguments of uic.'), since: '0.49.0' },
  include_directories: folders,
  dependencies,
  preserve_paths: preservePaths,
  moc_output_json: keyword(bool, false, 'Also tables of the classes.', { since: '1.7.0' }),
};

/** `qt.preprocess()`: what rcc, uic and moc make, by one call; the functions of each came later. */
export function qtPreprocess(qt: QtVersion): Builtin {
  return builtin({
    name: 'preprocess',
    label: 'qt.preprocess',
    doc: 'All that the tools of Qt make of some files, with sources of the project.',
    rest: rest('arguments', strOrFile, 'A name of the resources, then sources.'),
    keywords,
    returns: 'array[file | custom_tgt | generated_list]',
    run: (call, { rest: [name, ...more], keywords: given }) => {
      if (more.length > 0) call.usesDeprecated('qt.preprocess positional sources', '0.59');
      if (name !== undefined && typeof name !== 'string')
        call.fail('First argument to qt.preprocess must be a string');
      const resources = name as string | undefined; // not a file, as said above
      return [...more, ...given.sources, ...madeByTools(call, qt, { ...given, resources })];
    },
  });
}

/** What each tool makes that was given files; `resources` is the name of what rcc makes. */
function madeByTools(
  call: Call,
  qt: QtVersion,
  given: KeywordValues<typeof keywords> & { readonly resources: string | undefined },
): readonly Value[] {
  const common = { method: given.method, preserve_paths: given.preserve_paths };
  const made: Value[] = [];
  if (given.qresources.length > 0)
    made.push(
      ...compileResources(call, qt, {
        ...common,
        name: given.resources,
        sources: given.qresources,
        extra_args: given.rcc_extra_arguments,
      }),
    );
  if (given.ui_files.length > 0)
    made.push(
      compileUi(call, qt, {
        ...common,
        sources: given.ui_files,
        extra_args: given.uic_extra_arguments,
      }),
    );
  if (given.moc_headers.length > 0 || given.moc_sources.length > 0)
    made.push(
      ...compileMoc(call, qt, {
        ...common,
        sources: given.moc_sources,
        headers: given.moc_headers,
        extra_args: given.moc_extra_arguments,
        include_directories: given.include_directories,
        dependencies: given.dependencies,
        output_json: given.moc_output_json,
      }),
    );
  return made;
}
