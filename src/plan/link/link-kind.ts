import { join } from 'node:path/posix';
import type { Family } from '../../toolchains/rules.ts';
import type { PlanContext } from '../context.ts';
import { itemFiles } from '../items.ts';
import type { ResolvedTarget } from '../resolved-target.ts';

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
  const { importLibrary } = target;
  const imports =
    importLibrary === undefined ? [] : link.importLibrary(join(target.buildSubdir, importLibrary));
  switch (target.type) {
    case 'executable':
      return [
        ...(target.exportDynamic ? link.exportDynamic : []),
        ...imports,
        ...(target.pie === true ? link.pie : []),
        ...definitions,
      ];
    case 'shared-library':
      return [
        ...link.sharedLibrary,
        ...compile.pic,
        ...(target.soname === undefined ? [] : link.soname(target.soname)),
        ...definitions,
        ...imports,
      ];
    case 'shared-module':
      return [
        ...link.sharedModule,
        ...compile.pic,
        ...(target.soname === undefined ? [] : link.soname(target.soname)),
        ...definitions,
        ...imports,
      ];
    default:
      return [];
  }
}
