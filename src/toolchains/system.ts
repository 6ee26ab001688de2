import type { Machine } from '../model/machine.ts';
import type { Toolchain } from '../model/toolchain.ts';

/** What rules need to know of the machine a toolchain makes code for; kept among its facts. */
export interface TargetSystem {
  readonly system: string;
  readonly cpuFamily: string;
  readonly cpu: string;
}

const prefix = 'machine.';

/** The facts that `systemOf` reads again. */
export function systemFacts(machine: Machine): Readonly<Record<string, string>> {
  return {
    [`${prefix}system`]: machine.system,
    [`${prefix}cpu_family`]: machine.cpuFamily,
    [`${prefix}cpu`]: machine.cpu,
  };
}

/** The machine that a compiler makes programs for, as it was told of when it was found. */
export function systemOf({ facts }: Pick<Toolchain, 'facts'>): TargetSystem {
  return {
    system: facts[`${prefix}system`] ?? 'linux',
    cpuFamily: facts[`${prefix}cpu_family`] ?? 'x86_64',
    cpu: facts[`${prefix}cpu`] ?? 'x86_64',
  };
}

/** Whether files are named as Windows names them; Cygwin does so, too. */
export function isWindowsLike(system: string): boolean {
  return system === 'windows' || system === 'cygwin';
}

/** Whether it is one of Apple's systems, whose linker and libraries are alike: those that Meson counts. */
export function isDarwin(system: string): boolean {
  return ['darwin', 'ios', 'tvos', 'visionos', 'watchos'].includes(system);
}
