import { type LibraryType, startFindLibrary } from '../../../toolchains/checks/libraries.ts';
import { displayLanguage } from '../../../toolchains/languages.ts';
import { bool, listOf, orNothing, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { keyword, type Method, methodOf, positional } from '../../declare.ts';
import { readRequired, required } from '../../functions/common-keywords.ts';
import { addDependency } from '../../functions/dependency/rows.ts';
import type { CompilerObject } from '../../objects/compiler.ts';
import type { DependencyObject } from '../../objects/dependency.ts';
import { disabler } from '../../objects/disabler.ts';
import { force, type Value } from '../../value.ts';
import { checkerOf } from './checker.ts';
import {
  args,
  dependencies,
  includeDirectories,
  noBuiltinArgs,
  prefix,
  requiredSince,
} from './keywords.ts';
import { hasHeaderCheck } from './symbols.ts';

const method = methodOf<CompilerObject>();

const findLibrary = method({
  name: 'find_library',
  doc: 'A library that the linker or one of some folders has, as a dependency.',
  positional: [positional('library', str, 'Its name, without `lib` and suffix.')],
  keywords: {
    required,
    has_headers: keyword(listOf(str), [], 'Headers that must be there as well.', {
      since: '0.50.0',
    }),
    static: keyword(orNothing(bool), undefined, 'Only a static library, or only a shared one.', {
      since: '0.51.0',
    }),
    disabler: keyword(bool, false, 'Gives a disabler when it is not found.', { since: '0.49.0' }),
    dirs: keyword(listOf(str), [], 'Absolute folders to look in first.'),
    header_required: requiredSince('0.50.0'),
    header_args: { ...args, quietSince: '0.51.0' },
    header_dependencies: { ...dependencies, quietSince: '0.51.0' },
    header_include_directories: { ...includeDirectories, quietSince: '0.51.0' },
    header_prefix: { ...prefix, quietSince: '0.51.0' },
    header_no_builtin_args: { ...noBuiltinArgs, quietSince: '0.51.0' },
  },
  returns: 'dep',
  run: (call, self, { positional: [name], keywords }) => {
    const { evaluation } = call;
    const missing = (): Value => (keywords.disabler ? disabler : library(call, self, { name }));
    const needed = readRequired(call, keywords.required);
    if (needed.disabled !== undefined) {
      evaluation.log(`Library ${name} skipped: feature ${needed.disabled} disabled`);
      return missing();
    }
    for (const header of keywords.has_headers) {
      const given = {
        required: needed.required,
        args: keywords.header_args,
        dependencies: keywords.header_dependencies,
        include_directories: keywords.header_include_directories,
        prefix: keywords.header_prefix,
        no_builtin_args: keywords.header_no_builtin_args,
      };
      if (force(hasHeaderCheck(call, self, { header, keywords: given })) !== true) return missing();
    }
    const type = libraryType(call, keywords);
    const checker = checkerOf(evaluation, self.toolchain);
    const found = startFindLibrary(checker, {
      name,
      type,
      folders: searchFolders(call, keywords.dirs),
    }).finish();
    if (needed.required && found === undefined) {
      const kind = type === 'prefer-shared' ? 'shared or static' : type.replace('-', '_');
      call.fail(`${displayLanguage(self.toolchain.language)} ${kind} library '${name}' not found`);
    }
    evaluation.log(`Library ${name} found: ${found === undefined ? 'NO' : 'YES'}`);
    return found === undefined ? missing() : library(call, self, { name, linkArgs: found });
  },
});

function library(
  { evaluation }: Call,
  { toolchain }: CompilerObject,
  { name, linkArgs }: { readonly name: string; readonly linkArgs?: readonly string[] },
): DependencyObject {
  return addDependency(evaluation, {
    kind: linkArgs === undefined ? 'not-found' : 'external',
    name,
    type: 'library',
    linkArgs: linkArgs ?? [],
    language: toolchain.language,
    machine: toolchain.machine,
  });
}

function libraryType(
  { evaluation, scope }: Call,
  keywords: { readonly static: boolean | undefined },
): LibraryType {
  if (keywords.static !== undefined) return keywords.static ? 'static' : 'shared';
  const key = { name: 'prefer_static', subproject: scope.subproject, machine: 'host' } as const;
  return evaluation.options.find(key) === true ? 'prefer-static' : 'prefer-shared';
}

function searchFolders(call: Call, folders: readonly string[]): readonly string[] {
  const relative = folders.find((folder) => !folder.startsWith('/'));
  if (relative !== undefined) call.fail(`Search directory ${relative} is not an absolute path.`);
  return folders;
}

export const libraryMethods: readonly Method[] = [findLibrary];
