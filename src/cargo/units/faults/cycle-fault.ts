import { topologicalOrder } from '../../../base/order.ts';
import { type Diagnostic, plainError } from '../../../diag/diagnostic.ts';
import type { OpenDependency, OpenUnit } from '../open-unit.ts';

/** Why units cannot be built where one needs itself, in Cargo's words: packages name one another by path. */
export function cycleFault(
  edges: ReadonlyMap<OpenUnit, readonly OpenDependency[]>,
): Diagnostic | undefined {
  const units = [...edges.keys()];
  const numbers = new Map(units.map((unit, at) => [unit, at]));
  const order = topologicalOrder(units.length, (at) => {
    const unit = units[at];
    return (unit && edges.get(unit))?.flatMap((one) => numbers.get(one.unit) ?? []) ?? [];
  });
  if (order.ok) return undefined;
  const names = order.error.flatMap((at) => units[at]?.package.manifest.package ?? []);
  const all = names.map(({ name, version }) => `${name} v${version}`);
  const steps = all.filter((one, at) => one !== all[at - 1]);
  const [first = ''] = steps;
  return plainError(
    `cyclic package dependency: package \`${first}\` depends on itself.`,
    `Cycle: ${(steps.length === 1 ? [first, first] : steps).join(' → ')}`,
  );
}
