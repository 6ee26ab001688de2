import { listOf, str } from '../../argument-type.ts';
import { builtin, keyword, positional } from '../../declare.ts';
import type { FileObject } from '../../objects/file.ts';
import type { TargetObject } from '../../objects/target.ts';
import { sharedLibraryType } from '../../objects/target.ts';
import { strOrFile } from '../../targets/argument-types.ts';
import { declareBuildTarget } from '../../targets/build/build-target.ts';
import { sharedKeywords, sourceArguments } from '../../targets/keywords/build-target.ts';
import { keywordDefaults } from '../keyword-defaults.ts';

/** `rust_args`, by name: the keywords of all languages are made of their names. */
export interface RustArguments {
  readonly rust_args: readonly (string | FileObject)[];
}

export const rustArgs = keyword(listOf(strOrFile), [], 'Arguments for rustc.', { since: '0.41.0' });

export const rustProcMacro = builtin({
  name: 'proc_macro',
  label: 'rust.proc_macro',
  doc: 'A procedural macro: a library that rustc itself loads, so it is made for the build machine.',
  since: '1.3.0',
  positional: [positional('name', str, 'Its name.')],
  rest: sourceArguments,
  keywords: {
    override_options: sharedKeywords.override_options,
    dependencies: sharedKeywords.dependencies,
    extra_files: sharedKeywords.extra_files,
    link_with: sharedKeywords.link_with,
    rust_args: rustArgs,
    sources: sharedKeywords.sources,
    link_args: sharedKeywords.link_args,
    rust_dependency_map: sharedKeywords.rust_dependency_map,
    link_depends: sharedKeywords.link_depends,
  },
  returns: 'lib',
  run: (call, { positional: [name], rest: sources, keywords }): TargetObject => {
    const all = {
      ...keywordDefaults(sharedKeywords),
      ...keywords,
      native: true,
      rust_crate_type: 'proc-macro',
      rust_args: [...keywords.rust_args, '--extern', 'proc_macro'],
    };
    const target = declareBuildTarget(call, {
      type: 'shared-library',
      name,
      sources,
      keywords: all,
    });
    return { type: sharedLibraryType, target };
  },
});
