import { addAll } from '../../base/add-all.ts';
import { nearest } from '../../base/nearest.ts';
import { topologicalOrder } from '../../base/order.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { ActionId, FileId, FileListId } from '../../graph/graph.ts';
import type { BuildContext } from '../build-context.ts';
import { actionKey } from '../command-text.ts';

/** Why a build cannot even start. */
export type GraphFault =
  | { readonly kind: 'unknown-goal'; readonly name: string; readonly similar?: string }
  | {
      /** Each needs the next; first and last are the same. */
      readonly kind: 'cycle';
      readonly paths: readonly string[];
    }
  | {
      /** A file that nothing makes and that is not there. */
      readonly kind: 'missing-input';
      readonly path: string;
      readonly neededBy: string;
    };

/**
 * A place in the order of a build: an action; a shared list of files, which stands for all that make
 * them, so that edges do not multiply; or what an action has ready early, which waits for the action,
 * or for less. Actions come first: node = action, actions + list, or actions + lists + action.
 */
export type Node = number;

/** The part of a graph that some goals need, in an order in which each comes after all it needs. */
export interface Selection {
  readonly order: readonly Node[];
  /** What a node waits for. */
  needs(node: Node): readonly Node[];
  /**
   * Actions whose remembered discovered inputs would make them wait for themselves: those are not waited
   * for, and the action runs.
   */
  readonly untrusted: ReadonlySet<ActionId>;
  readonly actionCount: number;
  readonly listCount: number;
}

/** The action of a node; nothing when it is a list or what is ready early. */
export function actionOf({ actionCount }: Selection, node: Node): ActionId | undefined {
  return node < actionCount ? (node as ActionId) : undefined; // nodes begin with the actions
}

/** The action that makes what stands at a node; nothing when it is a list, which is for order alone. */
export function makerOf({ actionCount, listCount }: Selection, node: Node): ActionId | undefined {
  if (node < actionCount) return node as ActionId; // nodes begin with the actions
  const early = node - actionCount - listCount;
  return early < 0 ? undefined : (early as ActionId); // and end with them again
}

/** The node of what an action has ready early. */
export function earlyNode({ actionCount, listCount }: Selection, id: ActionId): Node {
  return actionCount + listCount + id;
}

/** The part of a graph that goals need: names of goals, or paths of files that are made. */
export function selectActions(
  context: BuildContext,
  goals: readonly string[],
): Result<Selection, GraphFault> {
  const roots = findGoals(context, goals);
  return roots.ok ? selectNodes(context, roots.value) : roots;
}

/** The part of a graph that some of its nodes need. */
export function selectNodes(
  context: BuildContext,
  roots: readonly Node[],
): Result<Selection, GraphFault> {
  const { graph } = context;
  const actionCount = graph.actions.size;
  const listCount = graph.fileLists.size;
  const count = actionCount + listCount + (context.earlyFiles.size === 0 ? 0 : actionCount);
  const untrusted = new Set<ActionId>();
  const edges: (readonly Node[] | undefined)[] = [];
  const needs = (node: Node): readonly Node[] => {
    edges[node] ??= findNeeds(context, node, untrusted);
    return edges[node] ?? [];
  };
  for (;;) {
    const wanted = closure(roots, needs);
    const order = topologicalOrder(count, needs, wanted);
    if (order.ok) return ok({ order: order.value, needs, untrusted, actionCount, listCount });
    // What was discovered by an older graph may contradict this one: then it is not believed.
    const doubtful = order.error.filter(
      (node) => node < actionCount && !untrusted.has(node as ActionId) && discovers(context, node),
    );
    if (doubtful.length === 0) return err(cycleFault(context, order.error));
    for (const node of doubtful) {
      untrusted.add(node as ActionId);
      edges[node] = undefined;
    }
  }
}

function findGoals(
  context: BuildContext,
  names: readonly string[],
): Result<readonly Node[], GraphFault> {
  const { graph, producers, producersByPath } = context;
  const roots: Node[] = [];
  for (const name of names) {
    const goal = graph.goals.get(name);
    const producer = producersByPath.get(name);
    if (goal !== undefined) {
      addAll(roots, goal.actions);
      for (const file of goal.files) {
        const made = producers.get(file);
        if (made !== undefined) roots.push(made);
      }
    } else if (producer !== undefined) {
      roots.push(producer);
    } else {
      const similar = nearest(name, [...graph.goals.keys(), ...producersByPath.keys()]);
      const fault = { kind: 'unknown-goal', name } as const;
      return err(similar === undefined ? fault : { ...fault, similar });
    }
  }
  return ok(roots);
}

function findNeeds(
  context: BuildContext,
  node: Node,
  untrusted: ReadonlySet<ActionId>,
): readonly Node[] {
  const { graph, producers, earlyFiles } = context;
  const actionCount = graph.actions.size;
  const early = actionCount + graph.fileLists.size;
  if (node >= early) return [node - early];
  const found = new Set<Node>();
  const add = (file: FileId): void => {
    const producer = producers.get(file);
    if (producer !== undefined) found.add(earlyFiles.has(file) ? early + producer : producer);
  };
  if (node >= actionCount) {
    for (const file of graph.fileLists.get((node - actionCount) as FileListId)) add(file);
    return [...found];
  }
  const id = node as ActionId;
  const action = graph.actions.get(id);
  for (const file of action.inputs) add(file);
  for (const list of action.orderOnly) found.add(actionCount + list);
  if (!untrusted.has(id)) {
    for (const [producer, path] of discoveredNeeds(context, node)) {
      found.add(isEarly(context, producer, path) ? early + producer : producer);
    }
  }
  return [...found];
}

function isEarly({ graph, earlyFiles }: BuildContext, producer: ActionId, path: string): boolean {
  if (earlyFiles.size === 0) return false;
  return graph.actions.get(producer).earlyOutputs.some((file) => graph.files.get(file) === path);
}

/** The actions that make what an action's depfile named when it last ran. */
function discoveredNeeds(
  context: BuildContext,
  node: Node,
): readonly (readonly [ActionId, string])[] {
  const { graph, log, producersByPath } = context;
  const id = node as ActionId;
  const record = log.action(actionKey(graph, graph.actions.get(id)));
  if (record === undefined) return [];
  const producers: (readonly [ActionId, string])[] = [];
  for (const content of record.discovered) {
    const { path } = log.content(content);
    const producer = producersByPath.get(path) ?? folderMaker(context, path);
    if (producer !== undefined && producer !== id) producers.push([producer, path]);
  }
  return producers;
}

/** The action that makes a folder in which a file lies; none for files outside of the build directory. */
function folderMaker(
  { folderMakers, producersByPath }: Pick<BuildContext, 'folderMakers' | 'producersByPath'>,
  path: string,
): ActionId | undefined {
  if (path.startsWith('../') || path.startsWith('/')) return undefined;
  const end = path.lastIndexOf('/');
  if (end <= 0) return undefined;
  const folder = path.slice(0, end);
  if (!folderMakers.has(folder)) {
    const maker = producersByPath.get(folder);
    const found = maker ?? folderMaker({ folderMakers, producersByPath }, folder);
    folderMakers.set(folder, found);
  }
  return folderMakers.get(folder);
}

function discovers(context: BuildContext, node: Node): boolean {
  return discoveredNeeds(context, node).length > 0;
}

function closure(roots: readonly Node[], needs: (node: Node) => readonly Node[]): Set<Node> {
  const wanted = new Set(roots);
  const stack = [...wanted];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    for (const need of needs(node)) {
      if (wanted.has(need)) continue;
      wanted.add(need);
      stack.push(need);
    }
  }
  return wanted;
}

function cycleFault({ graph }: BuildContext, nodes: readonly Node[]): GraphFault {
  const paths = nodes
    .filter((node) => node < graph.actions.size)
    .map((node) => actionKey(graph, graph.actions.get(node as ActionId)));
  const [first] = paths;
  // A cycle through a list may begin with the list, which has no name of its own.
  if (first !== undefined && paths.at(-1) !== first) paths.push(first);
  return { kind: 'cycle', paths };
}
