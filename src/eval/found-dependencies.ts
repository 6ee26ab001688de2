import type { MachineChoice } from '../model/machine.ts';
import type { DependencyId } from '../model/target.ts';
import type { Evaluation } from './evaluation.ts';
import { type DependencyObject, dependencyType } from './objects/dependency.ts';
import { perEvaluation } from './per-evaluation.ts';
import { isA, type Value } from './value.ts';

/**
 * What `dependency()` found on the host machine, in that order, with the variables of the top build file
 * that hold it or a part of it. Copies of a dependency (with other keywords) are not among them.
 */
export const foundDependencies = perEvaluation((): Map<DependencyId, string[]> => new Map());

/** Remembers a dependency that was found for the host machine; one for the build machine is not told of. */
export function noteFound(
  evaluation: Evaluation,
  machine: MachineChoice,
  { dependency }: DependencyObject,
): void {
  if (machine === 'host' || !evaluation.cross) foundDependencies(evaluation).set(dependency, []);
}

/** Remembers which variables hold a dependency: for the user they are its names. */
export function noteVariables(evaluation: Evaluation, variables: ReadonlyMap<string, Value>): void {
  const found = foundDependencies(evaluation);
  for (const [name, value] of variables)
    if (isA(value, dependencyType)) found.get(wholeOf(evaluation, value))?.push(name);
}

/** The dependency that was found, where this is a part of it. */
export function wholeOf({ tables }: Evaluation, { dependency }: DependencyObject): DependencyId {
  return tables.dependencies.get(dependency).partOf ?? dependency;
}
