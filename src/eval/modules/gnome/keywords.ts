import type { BuildTargetInstall } from '../../../model/target.ts';
import { bool, listOf, oneOf, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { keyword } from '../../declare.ts';
import type { SourceInput } from '../../targets/argument-types.ts';
import {
  customTarget,
  customTargetIndex,
  file,
  generatedList,
} from '../../targets/argument-types.ts';
import { textOption } from '../../targets/options.ts';

/** What generators read, in the order of other messages. */
export const scannedInput = oneOf<SourceInput>(
  str,
  file,
  generatedList,
  customTarget,
  customTargetIndex,
);

export const buildByDefault = keyword(bool, true, 'Made when nothing is named.');
export const extraArgs = keyword(listOf(str), [], 'Further arguments of the tool.');

/** Where a header is installed; beside all others when no folder is given. */
export function headerInstall(
  call: Call,
  { install, directory }: { readonly install: boolean; readonly directory: string | undefined },
): BuildTargetInstall | undefined {
  if (!install) return undefined;
  return {
    directories: [directory || textOption(call, 'includedir')],
    mode: undefined,
    tags: ['devel'],
    ...(!directory && { placeholders: ['{includedir}'] }),
  };
}
