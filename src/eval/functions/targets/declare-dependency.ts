import type { Dependency } from '../../../model/dependency.ts';
import {
  type ArgumentType,
  dictOf,
  listOf,
  mismatch,
  oneOf,
  orNothing,
  str,
} from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { builtin, keyword } from '../../declare.ts';
import { internalDependencyType } from '../../objects/dependency.ts';
import type { FileObject } from '../../objects/file.ts';
import type { GeneratedListObject } from '../../objects/generator.ts';
import type { CustomTargetIndexObject, TargetObject } from '../../objects/target.ts';
import {
  customTarget,
  customTargetIndex,
  extractedObjects,
  file,
  generatedList,
} from '../../targets/argument-types.ts';
import { importedFeatures } from '../../targets/build/d-features.ts';
import { includesOf } from '../../targets/build/include-directories.ts';
import {
  dependencies,
  importDirectories,
  includeDirectories,
  linkArgs,
  linkWhole,
  linkWith,
  strOrInt,
} from '../../targets/keywords/common.ts';
import { linkItemsOf } from '../../targets/link/link-items.ts';
import { filesOf, itemsOf } from '../../targets/sources.ts';
import { isDictionary, type Value } from '../../value.ts';

type Variables = ReadonlyMap<string, string> | readonly string[];
type Source = string | FileObject | TargetObject | CustomTargetIndexObject | GeneratedListObject;

const variablesValue: ArgumentType<Variables> = {
  names: ['str', 'array[str]', 'dict[str]'],
  read: (value: Value) => {
    if (isDictionary(value)) return dictOf(str).read(value);
    const read = listOf(str).read(value);
    return read === mismatch ? mismatch : read;
  },
};

const { asDefault: _asDefault, ...declaredLinkWith } = linkWith;
const { asDefault: _wholeAsDefault, ...declaredLinkWhole } = linkWhole;

export const declareDependency = builtin({
  name: 'declare_dependency',
  doc: 'What targets need to use something of this build, as one dependency.',
  keywords: {
    compile_args: keyword(listOf(str), [], 'Arguments for compilers.'),
    d_import_dirs: { ...importDirectories, since: '0.62.0' },
    d_module_versions: keyword(listOf(strOrInt), [], 'Versions of D that are set.', {
      since: '0.62.0',
    }),
    link_args: linkArgs,
    dependencies,
    include_directories: includeDirectories,
    link_with: declaredLinkWith,
    link_whole: { ...declaredLinkWhole, since: '0.46.0' },
    sources: keyword(
      listOf(oneOf<Source>(str, file, customTarget, customTargetIndex, generatedList)),
      [],
      'Sources that users compile, headers that they wait for.',
    ),
    extra_files: keyword(listOf(oneOf<string | FileObject>(file, str)), [], 'Files for editors.', {
      since: '1.2.0',
    }),
    variables: keyword<Variables>(variablesValue, new Map(), 'What get_variable() tells.', {
      since: '0.54.0',
      check: checkVariables,
      sinceValues: [
        { feature: 'of type list', since: '0.56.0', used: (value) => Array.isArray(value) },
      ],
    }),
    version: keyword(orNothing(str), undefined, 'Its version; the project’s when left out.'),
    objects: keyword(listOf(extractedObjects), [], 'Objects that users link.', {
      since: '1.1.0',
    }),
  },
  returns: 'dep',
  run: (call, { keywords: given }) => {
    const { tables } = call.evaluation;
    const includes = includesOf(call, given.include_directories);
    const version = given.version ?? tables.projects.get(call.scope.project).version;
    const d = importedFeatures(call, given);
    const row: Dependency = {
      kind: 'internal',
      name: `dep${internalName(tables.dependencies.size)}`,
      type: 'internal',
      version,
      compileArgs: given.compile_args,
      linkArgs: given.link_args,
      includeDirectories: includes,
      sources: itemsOf(call, given.sources),
      extraFiles: filesOf(call, given.extra_files),
      objects: itemsOf(call, given.objects),
      linkWith: linkItemsOf(call, 'link_with', given.link_with),
      linkWhole: linkItemsOf(call, 'link_whole', given.link_whole),
      dependencies: given.dependencies.map(({ dependency }) => dependency),
      variables: variablesOf(call, given.variables),
      language: undefined,
      includeType: 'preserve',
      pkgconfigName: undefined,
      ...(d !== undefined && { d }),
    };
    return { type: internalDependencyType, dependency: tables.dependencies.add(row) };
  },
});

/** Declared dependencies have no names of their own: a number that stays the same from run to run. */
function internalName(number: number): string {
  return String(number + 1);
}

function checkVariables(given: Variables): string | undefined {
  if (!isDictionary(given)) {
    const wrong = given.find((text) => !text.includes('='));
    if (wrong !== undefined)
      return `variable '${wrong}' must have a value separated by equals sign.`;
  }
  for (const name of namedValues(given).keys()) {
    if (name === '') return 'empty variable name';
    if (/\s/.test(name)) return `invalid whitespace in variable name '${name}'`;
  }
  return undefined;
}

function variablesOf(call: Call, given: Variables): ReadonlyMap<string, string> {
  const variables = namedValues(given);
  for (const value of variables.values())
    if (value === '') call.uses('empty variable value in declare_dependency', '1.4.0');
  return variables;
}

function namedValues(given: Variables): ReadonlyMap<string, string> {
  if (isDictionary(given)) return given;
  return new Map(
    given.map((text) => {
      const at = text.indexOf('=');
      return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
    }),
  );
}
