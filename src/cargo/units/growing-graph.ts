import { Rows } from '../../base/rows.ts';
import type {
  CrateGraph,
  CratePackage,
  CratePackageId,
  CrateUnit,
  CrateUnitId,
} from '../../model/crate-graph.ts';

/** A graph that others are added to. What they have in common is done once. */
export class GrowingGraph {
  readonly #packages = new Rows<CratePackageId, CratePackage>();
  readonly #units = new Rows<CrateUnitId, CrateUnit>();
  readonly #packageAt = new Map<string, CratePackageId>();
  readonly #unitAt = new Map<string, CrateUnitId>();
  readonly graph: CrateGraph;

  constructor(root: string) {
    this.graph = { root, packages: this.#packages, units: this.#units, roots: [] };
  }

  /** Answers where the graph's roots are now. Units with the same hash are the same. */
  add(graph: CrateGraph): readonly CrateUnitId[] {
    const moved = new Map<CrateUnitId, CrateUnitId>();
    for (const [id, unit] of graph.units.entries()) {
      const of = graph.packages.get(unit.package);
      const key = `${unit.hash} ${unit.mode} ${unit.target.kind}`;
      const place = this.#packageAt.get(of.folder) ?? this.#packages.add(of);
      this.#packageAt.set(of.folder, place);
      const dependencies = unit.dependencies.map((one) => ({
        ...one,
        unit: moved.get(one.unit) ?? one.unit,
      }));
      const known =
        this.#unitAt.get(key) ?? this.#units.add({ ...unit, package: place, dependencies });
      this.#unitAt.set(key, known);
      moved.set(id, known);
    }
    return graph.roots.map((id) => moved.get(id) ?? id);
  }

  /** Lets a unit wait for another, by the name that nobody's source knows. */
  connect(unit: CrateUnitId, needed: CrateUnitId): void {
    const row = this.#units.get(unit);
    if (row.dependencies.some((one) => one.unit === needed)) return;
    const dependencies = [...row.dependencies, { unit: needed, externName: '', isDev: false }];
    this.#units.replace(unit, { ...row, dependencies });
  }
}
