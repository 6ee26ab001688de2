import type { OpenDependency, OpenUnit } from './open-unit.ts';
import { isLinkable } from './packages/package-targets.ts';

/**
 * Lets runs of build scripts wait for one another: who needs a package that stands for a native
 * library (`links`) has the results of that package's script in its own script's environment.
 */
export function linkScriptRuns(edges: Map<OpenUnit, readonly OpenDependency[]>): void {
  const users = new Map<OpenUnit, OpenUnit[]>();
  for (const [unit, dependencies] of edges)
    for (const dependency of dependencies)
      if (dependency.unit.mode === 'run-script')
        users.set(dependency.unit, [...(users.get(dependency.unit) ?? []), unit]);
  const added = [...users].map(([run, units]) => {
    const needed = units
      .flatMap((unit) => edges.get(unit) ?? [])
      .filter(
        ({ unit: { target, package: of }, isDev }) =>
          !isDev &&
          of.id !== run.package.id &&
          isLinkable(target) &&
          of.manifest.package.links !== undefined,
      );
    const runs = needed.flatMap(({ unit }) =>
      (edges.get(unit) ?? []).filter((one) => one.unit.mode === 'run-script'),
    );
    return [run, new Map(runs.map((one) => [one.unit, one]))] as const;
  });
  for (const [run, more] of added)
    if (more.size > 0) edges.set(run, [...(edges.get(run) ?? []), ...more.values()]);
}
