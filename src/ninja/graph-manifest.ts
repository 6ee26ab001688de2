import type { Place } from '../diag/diagnostic.ts';
import type { ActionId, FileId, Graph } from '../graph/graph.ts';
import { commandLine } from '../graph/shell-line.ts';
import type { Edge, Manifest } from './manifest.ts';
import { normalPath } from './parse-manifest.ts';
import type { Service } from './service.ts';

export interface GraphManifestRequest {
  readonly graph: Graph;
  /** Absolute: what the graph was made from. */
  readonly buildFiles: readonly string[];
  readonly services: readonly Service[];
}

/** The graph as the manifest that it would be exported to, for tools that ask about one. Build files make it itself. */
export function graphManifest({ graph, buildFiles, services }: GraphManifestRequest): Manifest {
  const nameOf = actionNames(graph);
  const known = new Map<FileId, string>();
  // Ninja knows files by one name each; commands have them as build files wrote them.
  const path = (file: FileId): string => {
    const name = known.get(file) ?? normalPath(graph.files.get(file));
    known.set(file, name);
    return name;
  };
  const paths = (files: readonly FileId[]): readonly string[] => files.map(path);
  const edges: Edge[] = [];
  for (const [id, action] of graph.actions.entries()) {
    const outputs = paths(action.outputs);
    const pool = action.pool === undefined ? undefined : graph.pools.get(action.pool);
    edges.push({
      ...emptyEdge,
      rule: action.rule,
      outputs: outputs.length === 0 ? [nameOf(id)] : outputs,
      inputs: paths(action.inputs),
      orderOnly: action.orderOnly.flatMap((list) => paths(graph.fileLists.get(list))),
      command: commandLine(action.work),
      description: action.description,
      depfile: action.depfile?.path ?? '',
      deps: action.depfile === undefined ? '' : 'gcc',
      pool: pool?.name ?? '',
    });
  }
  const made = new Set(edges.flatMap(({ outputs }) => outputs));
  for (const [name, { files, actions }] of graph.goals) {
    if (made.has(name)) continue;
    const inputs = [...paths(files), ...actions.map(nameOf)];
    edges.push({ ...emptyEdge, rule: 'phony', outputs: [name], inputs });
  }
  const outputs = ['build.ninja'];
  const regenerate = { rule: 'REGENERATE', generator: true, outputs, inputs: buildFiles };
  edges.push({ ...emptyEdge, ...regenerate });
  // As in what is exported: one that was deleted is no fault.
  edges.push({
    ...emptyEdge,
    rule: 'phony',
    outputs: buildFiles.filter((file) => !made.has(file)),
  });
  for (const { name, description, needs, command } of services) {
    if (graph.goals.has(name)) continue;
    const edge = { rule: 'KAON', outputs: [name], orderOnly: needs, command, description };
    edges.push({ ...emptyEdge, ...edge, pool: 'console' });
  }
  const pools = new Map([...graph.pools.values()].map(({ name, depth }) => [name, depth]));
  const rules = new Map(edges.map(({ rule }) => [rule, undefined]));
  return { edges, rules, pools, defaults: ['all'], builddir: undefined, files: [], warnings: [] };
}

/** What people call the actions of a graph: their first output, or the goal that they alone are. */
export function actionNames(graph: Graph): (id: ActionId) => string {
  const names = new Map<ActionId, string>();
  for (const [name, { actions, files }] of graph.goals) {
    const [only] = actions;
    if (only !== undefined && actions.length === 1 && files.length === 0) names.set(only, name);
  }
  return (id) => {
    const [first] = graph.actions.get(id).outputs;
    return first === undefined ? (names.get(id) ?? `kaon-action-${id}`) : graph.files.get(first);
  };
}

const nowhere: Place = { source: { path: '', text: '' }, span: { start: 0, end: 0 } };

const emptyEdge: Edge = {
  rule: '',
  outputs: [],
  implicitOutputs: [],
  inputs: [],
  implicitInputs: [],
  orderOnly: [],
  validations: [],
  command: '',
  description: '',
  depfile: '',
  deps: '',
  msvcDepsPrefix: '',
  dyndep: '',
  pool: '',
  restat: false,
  generator: false,
  rspfile: '',
  rspfileContent: '',
  place: nowhere,
};
