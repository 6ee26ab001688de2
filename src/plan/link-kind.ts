import type { Family } from '../toolchains/rules.ts';
import type { PlanContext } from './context.ts';
import { itemFiles } from './items.ts';
import type { ResolvedTarget } from './resolved-target.ts';

/** Link arguments that make a program, a library or a module of the objects. */
export function kindArgs(
  context: PlanContext,
  { target }: ResolvedTarget,
  { compile, link }: Family,
): readonly string[] {
  if (link === undefined) return [];
  const definitions = target.vsModuleDefs
    ? itemFiles(context, target, target.vsModuleDefs).flatMap(link.moduleDefinitions)
    : [];
  switch (target.type) {
    case 'executable':
      return [
        ...(target.exportDynamic ? link.exportDynamic : []),
        ...(target.pie === true ? link.pie : []),
        ...definitions,
      ];
    case 'shared-library':
      return [
        ...link.sharedLibrary,
        ...compile.pic,
        ...(target.soname === undefined ? [] : link.soname(target.soname)),
        ...definitions,
      ];
    case 'shared-module':
      return [
        ...link.sharedModule,
        ...compile.pic,
        ...(target.soname === undefined ? [] : link.soname(target.soname)),
        ...definitions,
      ];
    default:
      return [];
  }
}
