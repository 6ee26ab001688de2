import type { IncludeDirectories } from '../../model/file.ts';
import type { MachineChoice } from '../../model/machine.ts';
import type { Arguments } from '../../model/model.ts';
import type { Language } from '../../model/toolchain.ts';
import { familyOf } from '../../toolchains/family.ts';
import { languageSuffixes } from '../../toolchains/languages.ts';
import { absoluteIncludes } from '../absolute-includes.ts';
import { object, str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import { type Builtin, builtin, requiredKeyword, rest } from '../declare.ts';
import { toolchainOf } from '../languages/add-languages.ts';
import { leafDependencies } from '../leaf-dependencies.ts';
import { dependencyType } from '../objects/dependency.ts';
import { subprojectsOf } from '../subprojects/known-subprojects.ts';
import { nonEmptyListOf } from '../targets/argument-types.ts';
import { native } from './common-keywords.ts';

const language = requiredKeyword(nonEmptyListOf(str), 'Languages that they are for.', {
  check: (names) => {
    const unknown = names.filter((name) => !(name.toLowerCase() in languageSuffixes));
    return unknown.length === 0 ? undefined : `unknown languages: ${unknown.join(', ')}`;
  },
});

/** Which arguments are added to. */
interface Added {
  readonly where: 'global' | 'project';
  readonly side: 'compile' | 'link';
}

function adding(name: string, doc: string, { where, side }: Added): Builtin {
  return builtin({
    name,
    doc,
    rest: rest('arguments', str, 'Arguments of the compiler or linker.'),
    keywords: { native, language },
    returns: 'void',
    run: (call, { rest: args, keywords }) => {
      if (where === 'global') checkGlobal(call);
      checkNotFrozen(call, where);
      warnOfBuiltin(call, args);
      const machine = keywords.native ? 'build' : 'host';
      for (const one of keywords.language)
        put(call, { where, side, machine, language: one.toLowerCase() }, args);
      return undefined;
    },
  });
}

export const addGlobalArguments = adding(
  'add_global_arguments',
  'Adds compiler arguments for all projects.',
  { where: 'global', side: 'compile' },
);
export const addGlobalLinkArguments = adding(
  'add_global_link_arguments',
  'Adds linker arguments for all projects.',
  { where: 'global', side: 'link' },
);
export const addProjectArguments = adding(
  'add_project_arguments',
  'Adds compiler arguments for this project.',
  { where: 'project', side: 'compile' },
);
export const addProjectLinkArguments = adding(
  'add_project_link_arguments',
  'Adds linker arguments for this project.',
  { where: 'project', side: 'link' },
);

export const addProjectDependencies = builtin({
  name: 'add_project_dependencies',
  doc: 'Adds dependencies to all targets of this project.',
  since: '0.63.0',
  rest: rest('dependencies', object(dependencyType), 'The dependencies.'),
  keywords: { native, language },
  returns: 'void',
  run: (call, { rest: dependencies, keywords }) => {
    const machine: MachineChoice = keywords.native ? 'build' : 'host';
    for (const one of keywords.language)
      if (toolchainOf(call, one.toLowerCase(), machine) === undefined)
        call.fail(`add_project_dependencies() called before add_language() for language "${one}"`);
    checkNotFrozen(call, 'project');
    const leaves = leafDependencies(call, dependencies);
    if (leaves.some(({ kind, objects }) => kind === 'internal' && objects.length > 0))
      call.fail('Dependencies must be external dependencies');
    for (const { compileArgs, includeDirectories, linkArgs } of leaves) {
      for (const one of keywords.language) {
        const to = { where: 'project', machine, language: one.toLowerCase() } as const;
        const includes = includeDirectories.flatMap((each) => includeArgs(call, to, each));
        put(call, { ...to, side: 'compile' }, [...compileArgs, ...includes]);
        put(call, { ...to, side: 'link' }, linkArgs);
      }
    }
    return undefined;
  },
});

function includeArgs(
  call: Call,
  { language, machine }: { readonly language: Language; readonly machine: MachineChoice },
  directories: IncludeDirectories,
): readonly string[] {
  const toolchain = toolchainOf(call, language, machine);
  if (toolchain === undefined) return [];
  const { include } = familyOf(toolchain).compile;
  return absoluteIncludes(call.evaluation, directories).flatMap((path) =>
    include(path, directories),
  );
}

function checkGlobal(call: Call): void {
  if (call.scope.subproject === '') return;
  call.fail(
    `Function '${call.name}' cannot be used in subprojects because there is no way to make that reliable.\nPlease only call this if is_subproject() returns false. Alternatively, define a variable that\ncontains your language-specific arguments and add it to the appropriate *_args kwarg in each target.`,
  );
}

function checkNotFrozen(call: Call, where: 'global' | 'project'): void {
  const { evaluation, scope } = call;
  const own = [...evaluation.tables.targets.values()].some(
    (target) => target.kind === 'build' && target.project === scope.project,
  );
  if (own || (where === 'global' && subprojectsOf(evaluation).size > 0))
    call.fail(
      `Tried to use '${call.name}' after a build target has been declared.\nThis is not permitted. Please declare all arguments before your targets.`,
    );
}

function warnOfBuiltin(call: Call, args: readonly string[]): void {
  for (const argument of args) {
    const option = builtinFor(argument);
    if (option !== undefined)
      call.warn(`Consider using the built-in ${option} instead of using "${argument}".`);
  }
}

/** The option that says the same as an argument. */
function builtinFor(argument: string): string | undefined {
  if (/^(\/W[1-4]|\/Wall|-Wall|-Wextra)$/.test(argument)) return 'warning_level option';
  if (/^(-O[023sz]|\/O[12s])$/.test(argument)) return 'optimization level';
  if (argument === '-Werror') return 'werror option';
  if (argument === '-g') return 'debug option';
  if (/^[-/]fsanitize(=|$)/.test(argument)) return 'option for sanitizers';
  if (/^(-std=|\/std:)/.test(argument)) return 'option for language standard version';
  return undefined;
}

function put(
  { evaluation, scope }: Call,
  to: Added & { readonly machine: MachineChoice; readonly language: Language },
  args: readonly string[],
): void {
  const { tables } = evaluation;
  // By the machine that is named, even where build and host are one: targets choose by `native:`.
  const { machine } = to;
  const extended = (old: Arguments | undefined): Arguments => {
    const known = old ?? { compile: [], link: [] };
    return { ...known, [to.side]: [...known[to.side], ...args] };
  };
  if (to.where === 'global') {
    const byLanguage = tables.globalArgs.get(machine) ?? new Map<Language, Arguments>();
    tables.globalArgs.set(machine, byLanguage);
    byLanguage.set(to.language, extended(byLanguage.get(to.language)));
    return;
  }
  const project = tables.projects.get(scope.project);
  const byMachine = new Map(project.args);
  const byLanguage = new Map(byMachine.get(machine) ?? []);
  byLanguage.set(to.language, extended(byLanguage.get(to.language)));
  byMachine.set(machine, byLanguage);
  tables.projects.replace(scope.project, { ...project, args: byMachine });
}
