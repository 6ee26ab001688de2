import type { Language } from '../../model/toolchain.ts';
import type { ArgumentList } from '../../toolchains/argument-list.ts';
import { familyOf } from '../../toolchains/family.ts';
import { cLinkLanguages } from '../../toolchains/languages.ts';
import type { Family, LinkRules } from '../../toolchains/rules.ts';
import { familyFor } from '../compile/compile-units.ts';
import { commonLinkArgs } from '../compile/project-args.ts';
import {
  bringsStandardLibrary,
  type PlanContext,
  targetOptions,
  toolchainFor,
  toolchainsFor,
} from '../context.ts';
import { linkedAlong, neededByCrates } from '../languages/linked-along.ts';
import { absolutePath } from '../paths.ts';
import { linkedLanguages } from '../resolve-target.ts';
import type { ResolvedTarget } from '../resolved-target.ts';
import { coverageHook } from './coverage-hook.ts';
import { libraryWords } from './library-words.ts';
import { linkClosure } from './link-closure.ts';
import { customLibraries, linkedDependencies } from './link-inputs.ts';
import { kindArgs } from './link-kind.ts';
import { rpathArgs } from './rpath.ts';

/** `link_early_args`: before objects and libraries. */
export function earlyArgs({ target }: ResolvedTarget): readonly string[] {
  const args = target.languageKeywords.get('link_early_args');
  return Array.isArray(args) ? args.map(String) : [];
}

/** Whose compiler links, and by what rules. */
export interface Linking {
  readonly family: Family;
  readonly link: LinkRules;
}

/** Everything after the objects, in Meson's order: each group may override or complete those before it. */
export function linkArguments(
  context: PlanContext,
  resolved: ResolvedTarget,
  { family, link }: Linking,
): readonly string[] {
  const { target } = resolved;
  const { language } = family.toolchain;
  const options = targetOptions(context, target);
  const type =
    target.type === 'shared-library' || target.type === 'shared-module'
      ? target.type
      : 'executable';
  const files = (items: ResolvedTarget['linkWith']): readonly string[] =>
    items.flatMap((item) => libraryWords(context, item, link));
  const hook = coverageHook(context, resolved);
  const list: ArgumentList = family
    .argumentList()
    .add(link.base(options, { type, buildRoot: context.paths.buildRoot }))
    .add(bringsStandardLibrary(context, target, family) ? link.noStandardLibraries : [])
    .add(link.always)
    .add(link.optimization(String(options('optimization') ?? '0')))
    .add(kindArgs(context, resolved, family))
    .add(link.whole(files(resolved.linkWhole)))
    .add(commonLinkArgs(context, target, language))
    .add(rpathArgs(context, resolved, link))
    .add(hook.ask)
    .add(files(linkClosure(context, resolved.id)))
    .add(target.linkArgs);
  for (const dependency of linkedDependencies(context, resolved))
    list.addPreservingLibraries(link.dependencyArgs?.(dependency.linkArgs) ?? dependency.linkArgs);
  const closure = linkClosure(context, resolved.id);
  const along = linkedAlong(context, closure);
  list.add(along.map((file) => `@${absolutePath(context.paths, file)}`));
  list.add(neededByCrates(context, target, closure));
  list.add(link.subsystem(String(target.languageKeywords.get('win_subsystem') ?? 'console')));
  list.add(link.options(options));
  list.add(customLibraries(context, resolved));
  return list
    .add(standardLibraries(context, resolved, language))
    .add(hook.library)
    .toNative();
}

/** Whose compiler links: the keyword's, else the first in the order of those who can. */
export function linkerOf(context: PlanContext, resolved: ResolvedTarget): Family | undefined {
  const { target } = resolved;
  if (target.linkLanguage !== undefined) return familyFor(context, target, target.linkLanguage);
  const used = usedLanguages(context, resolved);
  const inOrder = [
    ...cLinkLanguages.filter((language) => used.has(language)),
    ...cLinkLanguages.filter((language) => toolchainsFor(context, target)?.has(language)),
  ];
  return inOrder
    .map((language) => familyFor(context, target, language))
    .find((family) => family?.link !== undefined && family.rust === undefined);
}

/** Languages in the target, its libraries and its dependencies. */
function usedLanguages(context: PlanContext, resolved: ResolvedTarget): ReadonlySet<Language> {
  const languages = new Set<Language>(resolved.languages);
  for (const { language } of resolved.external) if (language !== undefined) languages.add(language);
  for (const item of [...resolved.linkWith, ...resolved.linkWhole]) {
    const crate = isCrate(context, item.target);
    for (const language of linkedLanguages(context, item)) {
      // What links by a C interface brings its own run time.
      const whole = familyForLibrary(context, resolved, language)?.rust !== undefined;
      if (!whole || crate) languages.add(language);
    }
  }
  return languages;
}

function isCrate(context: PlanContext, id: ResolvedTarget['id']): boolean {
  const target = context.model.targets.get(id);
  const type = target.kind === 'build' ? target.rust?.crateType : undefined;
  return type === 'rlib' || type === 'dylib' || type === 'proc-macro';
}

function familyForLibrary(
  context: PlanContext,
  resolved: ResolvedTarget,
  language: Language,
): Family | undefined {
  const toolchain = toolchainFor(context, resolved.target, language);
  return toolchain === undefined ? undefined : familyOf(toolchain);
}

/** Run times of languages that the linking compiler does not know of. */
export function standardLibraries(
  context: PlanContext,
  resolved: ResolvedTarget,
  linkLanguage: Language,
): readonly string[] {
  // Whoever chooses the linker by `link_language` gets that language's run time and no other.
  const chosen = resolved.target.linkLanguage;
  const languages =
    chosen === undefined
      ? [...usedLanguages(context, resolved)].filter((language) => language !== linkLanguage)
      : [chosen];
  return languages.flatMap(
    (language) =>
      familyForLibrary(context, resolved, language)?.link?.standardLibraryFor(language) ?? [],
  );
}
