import type { BuildTarget, BuildTargetType } from '../../model/target.ts';
import { isWindowsLike } from '../../toolchains/system.ts';

/** What starts programs that the system cannot start by themselves. */
const runners: Partial<Readonly<Record<BuildTargetType, readonly string[]>>> = {
  jar: ['java', '-jar'],
};

/** What stands before a target's output to run it. */
export function runnerOf(target: BuildTarget, system: string): readonly string[] {
  if (target.languages.includes('cs') && !isWindowsLike(system)) return ['mono'];
  return runners[target.type] ?? [];
}
