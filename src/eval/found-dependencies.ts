import type { MachineChoice } from '../model/machine.ts';
import type { DependencyId } from '../model/target.ts';
import type { Evaluation } from './evaluation.ts';
import { type DependencyObject, dependencyType } from './objects/dependency.ts';
import { perEvaluation } from './per-evaluation.ts';
import { isA, type Value } from './value.ts';

/**
 * What `dependency()` found on the host machine, in that order, with the variables of the top build file
 * that hold it. Copies of a dependency (a part of it, one with other keywords) are not among them.
 */
export const foundDependencies = perEvaluation((): Map<DependencyId, string[]> => new Map());

export function noteFound(
  evaluation: Evaluation,
  machine: MachineChoice,
  { dependency }: DependencyObject,
): void {
  if (machine === 'host' || !evaluation.cross) foundDependencies(evaluation).set(dependency, []);
}

export function noteVariables(evaluation: Evaluation, variables: ReadonlyMap<string, Value>): void {
  const found = foundDependencies(evaluation);
  for (const [name, value] of variables)
    if (isA(value, dependencyType)) found.get(value.dependency)?.push(name);
}
