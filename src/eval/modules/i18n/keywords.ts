import type { EnvironmentChange } from '../../../base/environment.ts';
import { bool, listOf, orNothing, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { keyword, requiredKeyword } from '../../declare.ts';
import { currentSourceDir, joinPath } from '../../paths.ts';
import { customInstall } from '../../targets/command/custom-target.ts';
import { checkOutputs, inputs } from '../../targets/keywords/command.ts';
import { install, installDir, installTag } from '../../targets/keywords/install.ts';

export const args = keyword(listOf(str), [], 'Further arguments.');
export const dataDirs = keyword(listOf(str), [], 'Folders with rules for file formats.');

/** Keywords of the functions that make one translated file. */
export const translatedFile = {
  build_by_default: keyword(orNothing(bool), undefined, 'Made when nothing is named.', {
    since: '0.40.0',
  }),
  input: keyword(inputs, [], 'The file to translate.'),
  output: requiredKeyword(str, 'Name of the translated file.', {
    check: (name) => checkOutputs([name]),
  }),
  install,
  install_dir: installDir,
  install_tag: { ...installTag, quietSince: '0.60.0' },
};

interface InstallValues {
  readonly install: boolean;
  readonly install_dir: string | undefined;
  readonly install_tag: string | undefined;
}

/** Where the one output of a module's function is installed; its folder must be given. */
export function singleInstall(
  call: Call,
  output: string,
  { install: wanted, install_dir: folder, install_tag: tag }: InstallValues,
): ReturnType<typeof customInstall> | undefined {
  if (!wanted) return undefined;
  if (!folder)
    return call.fail(
      `i18n.${call.name}: "install_dir" keyword argument must be set when "install" is true.`,
    );
  return customInstall(call, output, {
    outputs: [output],
    directories: [folder],
    tags: tag === undefined ? [] : [tag],
    mode: undefined,
  });
}

/** Tells gettext's tools of folders beside the build file. */
export function dataEnvironment(call: Call, dirs: readonly string[]): readonly EnvironmentChange[] {
  if (dirs.length === 0) return [];
  const here = currentSourceDir(call.evaluation, call.scope);
  const value = dirs.map((dir) => joinPath(here, dir)).join(':');
  return [{ kind: 'set', name: 'GETTEXTDATADIRS', value }];
}
