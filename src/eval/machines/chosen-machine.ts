import type { MachineChoice } from '../../model/machine.ts';
import type { Call } from '../call.ts';

/**
 * The machine that `native:` chooses. Where build and host machine are one, there is only the host
 * machine: nothing is built twice, and `native: true` changes nothing. In a subproject that was taken
 * for the build machine all is for that machine.
 */
export function chosenMachine(
  {
    evaluation,
    scope,
  }: {
    readonly evaluation: Pick<Call['evaluation'], 'cross'>;
    readonly scope: Pick<Call['scope'], 'forBuildMachine'>;
  },
  native: boolean,
): MachineChoice {
  return evaluation.cross && (native || scope.forBuildMachine) ? 'build' : 'host';
}
