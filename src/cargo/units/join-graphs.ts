import { Rows } from '../../base/rows.ts';
import type {
  CrateGraph,
  CratePackage,
  CratePackageId,
  CrateUnit,
  CrateUnitId,
} from '../../model/crate-graph.ts';

/** One graph of several of the same workspace, and where the roots of each are in it. */
export interface JoinedGraphs {
  readonly graph: CrateGraph;
  readonly roots: readonly (readonly CrateUnitId[])[];
}

/** What building and testing have in common is done once: units with the same hash are the same. */
export function joinGraphs(graphs: readonly CrateGraph[]): JoinedGraphs {
  const packages = new Rows<CratePackageId, CratePackage>();
  const units = new Rows<CrateUnitId, CrateUnit>();
  const packageAt = new Map<string, CratePackageId>();
  const unitAt = new Map<string, CrateUnitId>();
  const roots = graphs.map((graph) => {
    const moved = new Map<CrateUnitId, CrateUnitId>();
    for (const [id, unit] of graph.units.entries()) {
      const of = graph.packages.get(unit.package);
      const key = `${unit.hash} ${unit.mode} ${unit.target.kind}`;
      const place = packageAt.get(of.folder) ?? packages.add(of);
      packageAt.set(of.folder, place);
      const dependencies = unit.dependencies.map((one) => ({
        ...one,
        unit: moved.get(one.unit) ?? one.unit,
      }));
      const known = unitAt.get(key) ?? units.add({ ...unit, package: place, dependencies });
      unitAt.set(key, known);
      moved.set(id, known);
    }
    return graph.roots.map((id) => moved.get(id) ?? id);
  });
  const root = graphs[0]?.root ?? '';
  return { graph: { root, packages, units, roots: [...new Set(roots.flat())] }, roots };
}
