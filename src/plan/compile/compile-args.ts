import type { ArgumentList } from '../../toolchains/argument-list.ts';
import type { Family } from '../../toolchains/rules.ts';
import { bringsStandardLibrary, type PlanContext, targetOptions } from '../context.ts';
import { featureArgs } from '../languages/d/features.ts';
import { filePath, privateDir } from '../paths.ts';
import { buildTarget } from '../resolve-target.ts';
import type { ResolvedTarget } from '../resolved-target.ts';
import {
  customTargetFolders,
  includeAdditions,
  ownBuildFolder,
  ownSourceFolder,
} from './include-dirs.ts';
import { commonCompileArgs } from './project-args.ts';

/** Arguments with which a target compiles the sources of one language, in Meson's order. */
export function compileArgs(
  context: PlanContext,
  resolved: ResolvedTarget,
  family: Family,
): ArgumentList {
  // gcc ignores a precompiled header that is not named before everything else.
  return lowestArgs(context, resolved, family)
    .add(precompiledHeaderArgs(context, resolved, family))
    .add(ownArgs(context, resolved, family));
}

/** The same for the precompiled header itself. */
export function headerCompileArgs(
  context: PlanContext,
  resolved: ResolvedTarget,
  family: Family,
): ArgumentList {
  return lowestArgs(context, resolved, family).add(ownArgs(context, resolved, family));
}

/** What everything else overrides: visibility and the `b_…` options. */
function lowestArgs(
  context: PlanContext,
  { target }: ResolvedTarget,
  family: Family,
): ArgumentList {
  const base = family
    .argumentList()
    .add(family.compile.visibility(target.gnuSymbolVisibility))
    .add(family.compile.base(targetOptions(context, target)));
  return family.argumentList(base.toArray());
}

function precompiledHeaderArgs(
  context: PlanContext,
  resolved: ResolvedTarget,
  family: Family,
): readonly string[] {
  if (!usesPrecompiledHeader(context, resolved)) return [];
  const { target } = resolved;
  const folder = privateDir(target);
  const header = target.precompiledHeaders.get(family.toolchain.language)?.[0];
  const use = family.compile.precompiledHeader?.use;
  return [
    ...family.compile.include(folder),
    ...(header !== undefined && use ? use(folder, filePath(context.paths, header)) : []),
  ];
}

/** Whether the option allows it; a header of the language must be there too. */
export function usesPrecompiledHeader(context: PlanContext, resolved: ResolvedTarget): boolean {
  return targetOptions(context, resolved.target)('b_pch') === true;
}

function ownArgs(
  context: PlanContext,
  resolved: ResolvedTarget,
  family: Family,
): readonly string[] {
  const { target } = resolved;
  const { include } = family.compile;
  const list = basicArgs(context, resolved, family);
  if (target.implicitIncludeDirectories)
    list.add(customTargetFolders(context, resolved).flatMap((folder) => include(folder)));
  for (const dirs of resolved.includes.toReversed()) {
    for (const addition of includeAdditions(context, family, dirs)) list.add(addition);
  }
  list.add(escapedDefines(target.compileArgs.get(family.toolchain.language) ?? []));
  list.add(featureArgs(context, resolved, family));
  if (target.implicitIncludeDirectories) {
    list.add(include(ownSourceFolder(context, target)));
    list.add(include(ownBuildFolder(context, target)));
  }
  return list.add(include(privateDir(target))).toArray();
}

/** Defaults, options, project, global, and the dependencies' arguments: each may override what is before it. */
export function basicArgs(
  context: PlanContext,
  resolved: ResolvedTarget,
  family: Family,
): ArgumentList {
  const { target } = resolved;
  const { compile } = family;
  const options = targetOptions(context, target);
  const list = family
    .argumentList()
    .add(bringsStandardLibrary(context, target, family) ? compile.noStandardIncludes : [])
    .add(compile.always)
    .add(compile.warnings(String(options('warning_level') ?? '1')));
  if (options('werror') === true) list.add(compile.werror);
  list
    .add(compile.options(options))
    .add(compile.std(options))
    .add(compile.optimization(String(options('optimization') ?? '0')))
    .add(compile.debug(options('debug') === true));
  for (const args of commonCompileArgs(context, target, family)) list.add(args);
  list.add(positionArgs(resolved, family));
  const { language } = family.toolchain;
  for (const dependency of resolved.external.toReversed()) {
    // A compiler that knows no include directories still takes what is made for its language.
    if (compile.dependencyArgs !== undefined) list.add(compile.dependencyArgs(dependency));
    else if (compile.takesDependencyArgs || dependency.language === language)
      list.add(dependency.compileArgs);
    if (target.type === 'executable') list.add(dependency.executableArgs ?? []);
  }
  // Where any source may use modules, they may lie beside the objects of what is linked, in whatever language.
  if (compile.modules !== undefined && compile.modules.wanted === undefined)
    for (const item of [...resolved.linkWith, ...resolved.linkWhole]) {
      const linked = buildTarget(context, item.target);
      if (linked !== undefined) list.add(compile.modules.search(privateDir(linked)));
    }
  return list;
}

function positionArgs({ target }: ResolvedTarget, { compile }: Family): readonly string[] {
  switch (target.type) {
    case 'shared-library':
    case 'shared-module':
      return compile.pic;
    case 'static-library':
      return target.pic ? compile.pic : target.pie === true ? compile.pie : [];
    default:
      return target.pie === true ? compile.pie : [];
  }
}

/** Meson doubles the backslashes of defines in a target's own arguments; build files count on it. */
function escapedDefines(args: readonly string[]): readonly string[] {
  return args.map((arg) => (/^[-/]D/.test(arg) ? arg.replaceAll('\\', '\\\\') : arg));
}
