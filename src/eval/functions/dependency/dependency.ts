import type { DependencyRequest } from '../../../deps/context.ts';
import { languageSuffixes } from '../../../toolchains/languages.ts';
import {
  bool,
  exactListOf,
  listOf,
  oneOf,
  oneOfWords,
  orNothing,
  str,
} from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { atLeastOne, builtin, keyword } from '../../declare.ts';
import { chosenMachine } from '../../machines/chosen-machine.ts';
import type { DependencyObject } from '../../objects/dependency.ts';
import { disabler } from '../../objects/disabler.ts';
import { joinPath } from '../../paths.ts';
import { native, optionsKeyword, readOptions, readRequired, required } from '../common-keywords.ts';
import { type DependencyAnswer, type DependencyQuestion, lookUp } from './lookup.ts';
import { dependencyMethod, plainMethod } from './method.ts';
import { addNotFound } from './rows.ts';

const includeTypes = ['non-system', 'preserve', 'system'] as const;

export const dependencyKeywords = {
  default_options: { ...optionsKeyword, since: '0.38.0' },
  method: dependencyMethod('The only way to look for it.'),
  disabler: keyword(bool, false, 'Gives a disabler when it is not found.', { since: '0.49.0' }),
  include_type: keyword(str, 'preserve', 'How its include folders are taken.', {
    since: '0.52.0',
    check: oneOfWords([...includeTypes]),
  }),
  native,
  required,
  allow_fallback: keyword(orNothing(bool), undefined, 'Whether a subproject may provide it.', {
    since: '0.56.0',
  }),
  cmake_args: keyword(listOf(str), [], 'Arguments for CMake.', { since: '0.50.0' }),
  cmake_module_path: keyword(listOf(str), [], 'Folders of CMake modules.', { since: '0.50.0' }),
  cmake_package_version: keyword(str, '', 'The version CMake is asked for.', { since: '0.57.0' }),
  components: keyword(listOf(str), [], 'Components of a CMake package.', { since: '0.54.0' }),
  fallback: keyword(
    orNothing(oneOf<string | readonly string[]>(exactListOf(str), str)),
    undefined,
    'The subproject, and its variable, that provides it when the machine does not.',
    { since: '0.54.0' },
  ),
  language: keyword(orNothing(str), undefined, 'The language it is for, where that matters.', {
    quietSince: '0.42.0',
    check: (value) =>
      value === undefined || Object.hasOwn(languageSuffixes, value)
        ? undefined
        : 'Must be a valid language if set',
  }),
  main: keyword(bool, false, 'With a main function (gtest, gmock).'),
  modules: keyword(listOf(str), [], 'Its parts (boost, qt, llvm).'),
  not_found_message: keyword(str, '', 'Said when it is not found.', { since: '0.50.0' }),
  optional_modules: keyword(listOf(str), [], 'Parts that may be missing.'),
  private_headers: keyword(bool, false, 'With private headers (qt).'),
  static: keyword(orNothing(bool), undefined, 'Static libraries, or shared ones.'),
  version: keyword(listOf(str), [], 'Versions that will do: all of the requirements must hold.', {
    quietSince: '0.37.0',
  }),
};

type Keywords = Parameters<
  Parameters<typeof builtin<readonly [], string, typeof dependencyKeywords>>[0]['run']
>[1]['keywords'];

export const dependency = builtin({
  name: 'dependency',
  doc: 'Finds something to build with: on the machine, or in a subproject that provides it.',
  rest: atLeastOne('names', str, 'Its name, or several that will do.'),
  keywords: dependencyKeywords,
  returns: 'dep',
  run: (call, { rest: given, keywords: asked }) => {
    const names = given.filter((name) => name !== '');
    checkNames(call, names);
    const needed = readRequired(call, asked.required);
    const [first = ''] = names;
    const missing = (one: DependencyObject) => (asked.disabler ? disabler : one);
    if (needed.disabled !== undefined) {
      const machine = chosenMachine(call, asked.native);
      // No space before it: so does Meson.
      const modules = asked.modules.length === 0 ? '' : `(modules: ${asked.modules.join(', ')})`;
      call.evaluation.log(
        `Dependency ${first}${modules} for ${machine} machine skipped: feature ${needed.disabled} disabled`,
      );
      return missing(addNotFound(call.evaluation, first));
    }
    const question = questionOf(call, asked, { names, required: needed.required });
    const answer = lookWithMessage(question, asked.not_found_message);
    const row = call.evaluation.tables.dependencies.get(answer.dependency.dependency);
    if (row.kind === 'not-found') return missing(answer.dependency);
    const since = answer.found?.since;
    if (since !== undefined)
      call.uses(`dep '${row.name}' custom lookup`, since.version, since.advice);
    const old = answer.found?.deprecated;
    if (old !== undefined) call.usesDeprecated(old.feature, old.version, old.instead);
    const wanted = includeTypeOf(asked);
    if (wanted === 'preserve' || wanted === row.includeType) return answer.dependency;
    return {
      ...answer.dependency,
      dependency: call.evaluation.tables.dependencies.add({
        ...row,
        includeType: wanted,
        copyOf: row.copyOf ?? answer.dependency.dependency,
      }),
    };
  },
});

function includeTypeOf({ include_type: asked }: Keywords): (typeof includeTypes)[number] {
  return includeTypes.find((type) => type === asked) ?? 'preserve';
}

function checkNames(call: Call, names: readonly string[]): void {
  if (names.length > 1) call.uses('dependency with more than one name', '0.60.0');
  for (const [index, name] of names.entries()) {
    if (/[<>=]/.test(name))
      call.fail(
        "Characters <, > and = are forbidden in dependency names. To specifyversion\n requirements use the 'version' keyword argument instead.",
      );
    if (names.indexOf(name) !== index)
      call.fail(`dependency_fallbacks name '${name}' is duplicated`);
  }
}

function questionOf(
  call: Call,
  asked: Keywords,
  { names, required }: { readonly names: readonly string[]; readonly required: boolean },
): DependencyQuestion {
  const fallback = fallbackOf(call, asked);
  const request: DependencyRequest = {
    version: asked.version,
    static: asked.static,
    method: plainMethod(asked.method),
    language: asked.language?.toLowerCase(),
    modules: asked.modules,
    optionalModules: asked.optional_modules,
    components: asked.components,
    main: asked.main,
    privateHeaders: asked.private_headers,
    cmakeArgs: asked.cmake_args,
    cmakeModulePath: asked.cmake_module_path.map((path) =>
      joinPath(call.evaluation.sourceRoot, path),
    ),
    cmakePackageVersion: asked.cmake_package_version,
    required,
  };
  return {
    call,
    names,
    machine: chosenMachine(call, asked.native),
    request,
    includeType: includeTypeOf(asked),
    allowFallback: fallback === 'none' ? false : asked.allow_fallback,
    fallback: fallback === 'none' ? undefined : fallback,
    defaultOptions: readOptions(asked.default_options),
  };
}

/** `fallback:` as a subproject and a variable; an empty list allows none at all. */
function fallbackOf(call: Call, asked: Keywords): DependencyQuestion['fallback'] | 'none' {
  if (asked.fallback === undefined) return undefined;
  if (asked.allow_fallback !== undefined)
    call.fail('"fallback" and "allow_fallback" arguments are mutually exclusive');
  const words = typeof asked.fallback === 'string' ? [asked.fallback] : asked.fallback;
  const [subproject, variable] = words;
  if (subproject === undefined) return 'none';
  if (words.length > 2) call.fail('Fallback info must have one or two items.');
  if (words.length === 1) call.uses('Fallback without variable name', '0.53.0');
  return { subproject, variable };
}

/** Says `not_found_message`, whether or not its absence ends evaluation. */
function lookWithMessage(question: DependencyQuestion, message: string): DependencyAnswer {
  const { evaluation } = question.call;
  const say = (): void => {
    if (message !== '') evaluation.log(`Message: ${message}`);
  };
  let answer: DependencyAnswer;
  try {
    answer = lookUp(question);
  } catch (error) {
    say();
    throw error;
  }
  if (evaluation.tables.dependencies.get(answer.dependency.dependency).kind === 'not-found') say();
  return answer;
}
