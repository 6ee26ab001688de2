import type { Item, TargetId } from '../../../model/target.ts';
import { orNothing, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { keyword } from '../../declare.ts';
import type { TargetObject } from '../../objects/target.ts';
import { install, installDir } from '../../targets/keywords/install.ts';
import { moduleTarget, textWords } from '../module-target.ts';
import { headerInstall } from './keywords.ts';
import { gnomeWord } from './tool.ts';

/** Keywords of both functions that make types of enums. */
export const enumKeywords = {
  install_header: install,
  install_dir: installDir,
  identifier_prefix: keyword(orNothing(str), undefined, 'What names of types begin with.'),
  symbol_prefix: keyword(orNothing(str), undefined, 'What names of functions begin with.'),
};

interface EnumTarget {
  readonly output: string;
  readonly inputs: readonly Item[];
  readonly words: readonly string[];
  readonly depends?: readonly TargetId[];
  readonly install?: boolean;
  readonly directory?: string | undefined;
}

/** A file that glib-mkenums prints. */
export function enumTarget(call: Call, given: EnumTarget): TargetObject {
  return moduleTarget(call, {
    name: given.output,
    inputs: given.inputs,
    outputs: [given.output],
    command: [gnomeWord(call, 'glib-mkenums'), ...textWords(given.words)],
    capture: true,
    depends: given.depends ?? [],
    // Templates say `@filename@`.
    absoluteInputs: true,
    install: headerInstall(call, { install: given.install ?? false, directory: given.directory }),
    description: 'Generating GObject enum file ',
  });
}
