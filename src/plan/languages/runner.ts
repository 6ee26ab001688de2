import type { BuildTargetType, Target } from '../../model/target.ts';

/** What starts programs that the system cannot start by themselves. */
const runners: Partial<Readonly<Record<BuildTargetType, readonly string[]>>> = {
  jar: ['java', '-jar'],
};

/** What stands before a target's output to run it. */
export function runnerOf(target: Target): readonly string[] {
  return target.kind === 'build' ? (runners[target.type] ?? []) : [];
}
