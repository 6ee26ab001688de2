import { unreachable } from '../../../base/assert.ts';
import type { MachineChoice } from '../../../model/machine.ts';
import type { BuildTargetType } from '../../../model/target.ts';
import type { Language } from '../../../model/toolchain.ts';
import { isDarwin } from '../../../toolchains/system.ts';
import type { Call } from '../../call.ts';
import type { OptionsGiven } from '../keywords/options.ts';
import { optionOf, overridesOf } from '../options.ts';

interface Request {
  readonly type: BuildTargetType;
  readonly name: string;
  readonly machine: MachineChoice;
  readonly isCrate: boolean;
  readonly keywords: {
    readonly pic?: boolean | undefined;
    readonly pie?: boolean | undefined;
    readonly override_options: OptionsGiven;
  };
  readonly compileArgs: ReadonlyMap<Language, readonly string[]>;
}

/** Whether a target is position independent, as a library and as a program. */
export function positionKeywords(
  call: Call,
  request: Request,
): { readonly pic: boolean; readonly pie: boolean | undefined } {
  // rustc makes all code so.
  if (request.isCrate) return { pic: true, pie: true };
  switch (request.type) {
    case 'executable':
      return { pic: false, pie: decide(call, request, 'pie') };
    case 'static-library': {
      const pic = decide(call, request, 'pic');
      return { pic, pie: pic ? undefined : decide(call, request, 'pie') };
    }
    case 'shared-library':
    case 'shared-module':
      return { pic: true, pie: undefined };
    case 'jar':
      return { pic: false, pie: undefined };
    default:
      return unreachable(request.type);
  }
}

const options = { pic: 'b_staticpic', pie: 'b_pie' } as const;

function decide(call: Call, request: Request, word: keyof typeof options): boolean {
  const { name, machine, keywords, compileArgs } = request;
  const row = call.evaluation.machines[machine];
  if (word === 'pic' && (isDarwin(row.system) || row.system === 'windows')) return true;
  if (word === 'pie' && row.system === 'android') return true;
  const flags = [...(compileArgs.get('c') ?? []), ...(compileArgs.get('cpp') ?? [])];
  if (flags.includes(`-f${word}`) || flags.includes(`-f${word.toUpperCase()}`)) {
    call.warn(`Use the '${word}' kwarg instead of passing '-f${word}' manually to '${name}'`);
    return true;
  }
  const given = keywords[word];
  if (given !== undefined) return given;
  const option = options[word];
  const override = overridesOf(call, keywords.override_options, machine).get(option);
  return (override ?? optionOf(call, option, machine)) === true;
}
