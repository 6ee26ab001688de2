import type { Dependency } from '../model/dependency.ts';
import type { DependencyId } from '../model/target.ts';
import type { Call } from './call.ts';
import type { Evaluation } from './evaluation.ts';
import type { DependencyObject } from './objects/dependency.ts';

/** External dependencies with all they need in their turn, level by level; ends evaluation at what this build makes. */
export function leafDependencies(
  call: Call,
  dependencies: readonly DependencyObject[],
): readonly Dependency[] {
  const { tables } = call.evaluation;
  const rows: Dependency[] = [];
  let level: readonly DependencyId[] = dependencies.map(({ dependency }) => dependency);
  while (level.length > 0) {
    const next: DependencyId[] = [];
    for (const id of level) {
      const row = tables.dependencies.get(id);
      if (isBuilt(call.evaluation, row)) call.fail('Dependencies must be external dependencies');
      rows.push(row);
      next.push(...row.dependencies);
    }
    level = next;
  }
  return rows;
}

function isBuilt(evaluation: Evaluation, row: Dependency): boolean {
  if (row.kind !== 'internal') return false;
  if (row.sources.length + row.linkWith.length + row.linkWhole.length > 0) return true;
  return row.dependencies.some((id) => isBuilt(evaluation, evaluation.tables.dependencies.get(id)));
}
