import { findInPath } from '../../host/find-in-path.ts';
import type { MachineChoice } from '../../model/machine.ts';
import type { Evaluation } from '../evaluation.ts';

/** Whether programs of the host machine need a wrapper to run here; the cross file has the last word. */
export function needsExeWrapper({
  cross,
  configs,
  machines: { build, host },
}: Pick<Evaluation, 'cross' | 'configs' | 'machines'>): boolean {
  if (!cross) return false;
  const told = configs.host.properties.get('needs_exe_wrapper');
  if (typeof told === 'boolean') return told;
  if (build.system !== host.system) return true;
  // A 64-bit machine also runs programs of its 32-bit sister.
  return !(
    build.cpuFamily === host.cpuFamily ||
    (build.cpuFamily === 'x86_64' && host.cpuFamily === 'x86') ||
    (build.cpuFamily === 'mips64' && host.cpuFamily === 'mips')
  );
}

/** What programs of the host machine are started with here; undefined where they need nothing, or there is nothing. */
export function exeWrapperOf(
  evaluation: Pick<Evaluation, 'cross' | 'configs' | 'machines'>,
): readonly string[] | undefined {
  return needsExeWrapper(evaluation)
    ? evaluation.configs.host.binaries.get('exe_wrapper')
    : undefined;
}

/** The wrapper, if it is there. */
export function foundExeWrapper(evaluation: Evaluation): readonly string[] | undefined {
  return needsExeWrapper(evaluation) ? namedWrapper(evaluation) : undefined;
}

/** What the cross file names, needed or not, if it is there. */
function namedWrapper({ host, configs }: Evaluation): readonly string[] | undefined {
  const wrapper = configs.host.binaries.get('exe_wrapper');
  const program = wrapper?.[0];
  return program !== undefined && findInPath(host, program) !== undefined ? wrapper : undefined;
}

/** The wrapper that is named, but is not there. */
export function missingExeWrapper(evaluation: Evaluation): string | undefined {
  return foundExeWrapper(evaluation) === undefined ? exeWrapperOf(evaluation)?.[0] : undefined;
}

/** What runs programs of a machine here. */
export function runnerOf(
  evaluation: Pick<Evaluation, 'cross' | 'configs' | 'machines'>,
  machine: MachineChoice,
): readonly string[] | 'cannot-run' {
  if (machine === 'build' || !needsExeWrapper(evaluation)) return [];
  return exeWrapperOf(evaluation) ?? 'cannot-run';
}

/** What the first program of a compiler is started with; undefined where Meson tries none. */
export function triedWith(
  evaluation: Evaluation,
  machine: MachineChoice,
): readonly string[] | undefined {
  if (machine === 'build' || !evaluation.cross) return [];
  const wrapper = namedWrapper(evaluation);
  return wrapper === undefined || needsExeWrapper(evaluation) ? wrapper : [];
}
