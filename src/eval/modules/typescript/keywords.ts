import { bool, listOf, object, oneOf } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { keyword, requiredKeyword } from '../../declare.ts';
import {
  buildTargetType,
  type CustomTargetIndexObject,
  customTargetType,
  type TargetObject,
} from '../../objects/target.ts';
import { typescriptDependenciesType } from '../../objects/typescript.ts';
import { customTargetIndex } from '../../targets/argument-types.ts';
import { customInstall } from '../../targets/command/custom-target.ts';
import { fileModeOf } from '../../targets/install-mode.ts';
import { install, installDir, installMode, installTag } from '../../targets/keywords/install.ts';

export const packages = requiredKeyword(
  object(typescriptDependenciesType),
  'The packages to work with, from `dependencies()`.',
);

export const depends = keyword(
  listOf(
    oneOf<TargetObject | CustomTargetIndexObject>(
      object(customTargetType),
      customTargetIndex,
      object(buildTargetType),
    ),
  ),
  [],
  'Targets to build first. What custom targets make, and programs that are JavaScript, is imported from the folder `generated` of the package.',
);

/** Of targets that make something. */
export const installable = {
  build_by_default: keyword(bool, true, 'Part of `all`.'),
  install,
  install_dir: installDir,
  install_mode: installMode,
  install_tag: installTag,
};

/** What `installable` says of outputs, for their target. */
export function installOf(
  call: Call,
  { name, outputs }: { readonly name: string; readonly outputs: readonly string[] },
  given: {
    readonly install: boolean;
    readonly install_dir: string | undefined;
    readonly install_mode: readonly (string | boolean | number)[];
    readonly install_tag: string | undefined;
  },
) {
  if (!given.install) return undefined;
  const folder = given.install_dir ?? '';
  if (folder === '') call.fail('"install_dir" must be specified when "install" is true');
  return customInstall(call, name, {
    outputs,
    directories: [folder],
    tags: given.install_tag === undefined ? [] : [given.install_tag],
    mode: fileModeOf(call, given.install_mode),
  });
}
