import type { CrateGraph, CrateUnitId } from '../../model/crate-graph.ts';
import { GrowingGraph } from './growing-graph.ts';

/** One graph of several of the same workspace, and where the roots of each are in it. */
export interface JoinedGraphs {
  readonly graph: CrateGraph;
  readonly roots: readonly (readonly CrateUnitId[])[];
}

/** What building and testing have in common is done once. */
export function joinGraphs(graphs: readonly CrateGraph[]): JoinedGraphs {
  const joined = new GrowingGraph(graphs[0]?.root ?? '');
  const roots = graphs.map((graph) => joined.add(graph));
  return { graph: { ...joined.graph, roots: [...new Set(roots.flat())] }, roots };
}
