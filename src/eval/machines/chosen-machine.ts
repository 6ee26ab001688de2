import type { MachineChoice } from '../../model/machine.ts';
import type { Call } from '../call.ts';

/**
 * The machine that `native:` chooses. Where build and host machine are one, there is only the host
 * machine: nothing is built twice, and `native: true` changes nothing.
 */
export function chosenMachine(
  { evaluation }: { readonly evaluation: Pick<Call['evaluation'], 'cross'> },
  native: boolean,
): MachineChoice {
  return native && evaluation.cross ? 'build' : 'host';
}
