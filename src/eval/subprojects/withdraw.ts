import type { Call } from '../call.ts';
import { dependencyOverrides } from '../functions/dependency/overrides.ts';
import { overridesOf } from '../overrides.ts';
import { withdrawTargets } from '../targets/register.ts';
import { projectTitle, subprojectsOf, withdrawnSubprojects } from './known-subprojects.ts';

/**
 * Remembers what the model is before a subproject is read. What comes back takes all of it back that
 * was added since: a subproject that fails, and is not required, leaves nothing.
 */
export function withdrawal(call: Call): () => void {
  const { evaluation } = call;
  const { projects, targets, ...tables } = evaluation.tables;
  const sizes = [projects.size, targets.size] as const;
  const { tests, testSetups, installs, postconfScripts, distScripts, devenv } = tables;
  const { run, compiled, beside, untestable } = tables.namedTests;
  const lists = [
    ...[tests, run, compiled, beside, untestable, testSetups, installs],
    ...[postconfScripts, distScripts, devenv],
  ];
  const lengths = lists.map((list) => list.length);
  const maps: readonly (() => void)[] = [
    restorer(subprojectsOf(evaluation)),
    ...(['build', 'host'] as const).flatMap((machine) => [
      restorer(overridesOf(evaluation, machine).programs),
      restorer(dependencyOverrides(evaluation, machine)),
    ]),
  ];
  const known = new Set(subprojectsOf(evaluation).keys());
  return () => {
    for (const [key, subproject] of subprojectsOf(evaluation)) {
      if (known.has(key) || subproject.state.kind !== 'found') continue;
      const title = projectTitle(evaluation, subproject.name);
      withdrawnSubprojects(evaluation).set(key, { subproject, title });
    }
    projects.shrink(sizes[0]);
    withdrawTargets(call, sizes[1]);
    for (const [at, list] of lists.entries()) list.length = lengths[at] ?? 0;
    for (const restore of maps) restore();
  };
}

function restorer<K, V>(map: Map<K, V>): () => void {
  const before = [...map];
  return () => {
    map.clear();
    for (const [key, value] of before) map.set(key, value);
  };
}
