import type { ActionId, FileId, Graph } from '../graph/graph.ts';

/** A part of the graph as people look at it: what is made, from what. */
export interface Drawing {
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
}

export interface DrawnNode {
  /** The path of a file, or the name of an action that makes none. */
  readonly name: string;
  readonly kind: 'made' | 'source' | 'command';
  /** The kind of work that makes it. */
  readonly rule?: string;
}

export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
  /** It must be there first, and its change alone makes nothing anew. */
  readonly orderOnly: boolean;
}

export interface DrawingRequest {
  /** Where to begin; each with all that it needs. */
  readonly goals: readonly FileId[];
  readonly commands: readonly ActionId[];
  /** Files that nothing makes are drawn too. */
  readonly sources: boolean;
}

/** What some files need, and what these need, and so on. */
export function drawing(graph: Graph, { goals, commands, sources }: DrawingRequest): Drawing {
  const producers = new Map<FileId, ActionId>();
  for (const [id, { outputs }] of graph.actions.entries()) {
    for (const output of outputs) producers.set(output, id);
  }
  const nodes = new Map<string, DrawnNode>();
  const edges: DrawnEdge[] = [];
  const waiting = [...commands, ...goals.flatMap((file) => producers.get(file) ?? [])];
  const seen = new Set<ActionId>(waiting);
  const name = (file: FileId): string => graph.files.get(file);
  const add = (file: FileId, edge: Omit<DrawnEdge, 'from'>): void => {
    const producer = producers.get(file);
    if (producer === undefined && !sources) return;
    if (producer === undefined) nodes.set(name(file), { name: name(file), kind: 'source' });
    edges.push({ from: name(file), ...edge });
    if (producer === undefined || seen.has(producer)) return;
    seen.add(producer);
    waiting.push(producer);
  };
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const { rule, description, inputs, orderOnly, outputs } = graph.actions.get(id);
    for (const output of outputs) {
      nodes.set(name(output), { name: name(output), kind: 'made', rule });
    }
    // One output stands for all: they are made together.
    const [first] = outputs;
    const to = first === undefined ? description : name(first);
    if (first === undefined) nodes.set(to, { name: to, kind: 'command', rule });
    for (const other of outputs.slice(1)) {
      edges.push({ from: to, to: name(other), orderOnly: false });
    }
    for (const input of inputs) add(input, { to, orderOnly: false });
    for (const file of orderOnly.flatMap((list) => graph.fileLists.get(list)))
      add(file, { to, orderOnly: true });
  }
  return { nodes: [...nodes.values()], edges };
}

/** What no XML may hold, and what could command a terminal or turn text around. */
const unsafe = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

function visible(character: string): string {
  return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`;
}

/**
 * Generated headers come before each source of a target: a line from each to each would be most of a
 * drawing, and take Graphviz minutes. Those that several wait for together meet in a point.
 */
function meetings(edges: readonly DrawnEdge[]): {
  readonly points: readonly string[];
  readonly edges: readonly DrawnEdge[];
} {
  const before = new Map<string, string[]>();
  for (const { from, to, orderOnly } of edges) {
    if (!orderOnly) continue;
    const list = before.get(to);
    if (list === undefined) before.set(to, [from]);
    else list.push(from);
  }
  const waiters = new Map<string, { readonly froms: readonly string[]; readonly tos: string[] }>();
  for (const [to, froms] of before) {
    const key = [...froms].sort().join('\0');
    const known = waiters.get(key);
    if (known === undefined) waiters.set(key, { froms, tos: [to] });
    else known.tos.push(to);
  }
  const met = [...waiters.values()].filter(({ froms, tos }) => froms.length > 1 && tos.length > 1);
  const meet = new Set(met.flatMap(({ tos }) => tos));
  // No file has such a name.
  const points = met.map((_, at) => `${at + 1}/`);
  const all = edges.filter(({ to, orderOnly }) => !(orderOnly && meet.has(to)));
  for (const [at, { froms, tos }] of met.entries()) {
    const point = points[at] ?? '';
    for (const from of froms) all.push({ from, to: point, orderOnly: true });
    for (const to of tos) all.push({ from: point, to, orderOnly: true });
  }
  return { points, edges: all };
}

/** Of more than that, Graphviz would take minutes to find the best layout. */
const carefullyDrawn = 1000;
const hastily = '  splines=line; nslimit=0.1; nslimit1=0.1; mclimit=0.1';

/** In Graphviz' language. */
export function drawingAsDot({ nodes, edges }: Drawing): string {
  const quote = (text: string): string =>
    `"${text.replaceAll(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll(unsafe, visible)}"`;
  const shapes = { made: 'box', source: 'note', command: 'ellipse' } as const;
  const lines = nodes.map(({ name, kind, rule }) => {
    const tooltip = rule === undefined ? '' : `, tooltip=${quote(rule)}`;
    return `  ${quote(name)} [shape=${shapes[kind]}${tooltip}]`;
  });
  const together = meetings(edges);
  for (const point of together.points) lines.push(`  ${quote(point)} [shape=point]`);
  for (const { from, to, orderOnly } of together.edges) {
    lines.push(`  ${quote(from)} -> ${quote(to)}${orderOnly ? ' [style=dashed]' : ''}`);
  }
  const hasty = nodes.length > carefullyDrawn ? [hastily] : [];
  const head = ['digraph kaon {', '  rankdir=LR', ...hasty, '  node [fontsize=10]'];
  return [...head, ...lines, '}', ''].join('\n');
}
