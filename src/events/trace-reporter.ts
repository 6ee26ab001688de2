import type { ActionId, FileId, Graph } from '../graph/graph.ts';
import type { Event, Listener } from './event.ts';

/**
 * Gathers a build as a trace that Chrome (`chrome://tracing`) and Perfetto show: a row for each slot,
 * and a row with the critical path, the chain of actions that the build waited for. `done` gets the
 * text (Trace Event Format, JSON object) when the build ends.
 */
export function traceReporter(graph: Graph, done: (text: string) => void): Listener {
  const open = new Map<ActionId, Extract<Event, { kind: 'action-started' }>>();
  const ran = new Map<ActionId, Ran>();
  let startedAtMs = 0;
  return (event) => {
    switch (event.kind) {
      case 'build-started':
        startedAtMs = event.atMs;
        break;
      case 'action-started':
        open.set(event.action, event);
        break;
      case 'action-finished':
      case 'action-failed': {
        const start = open.get(event.action);
        const { description, atMs, kind } = event;
        const failed = kind === 'action-failed';
        ran.set(event.action, {
          description,
          command: start?.commandLine ?? '',
          slot: start?.slot ?? 0,
          startMs: (start?.atMs ?? atMs) - startedAtMs,
          endMs: atMs - startedAtMs,
          failed,
        });
        break;
      }
      case 'build-finished':
        done(trace(graph, ran));
        break;
      default:
        break;
    }
  };
}

interface Ran {
  readonly description: string;
  readonly command: string;
  readonly slot: number;
  /** Since the build started. */
  readonly startMs: number;
  readonly endMs: number;
  readonly failed: boolean;
}

/** Slots are rows from 2 on; the critical path stands above them. */
const pathRow = 1;

function trace(graph: Graph, ran: ReadonlyMap<ActionId, Ran>): string {
  const path = new Set(criticalPath(graph, ran));
  const slots = new Set([...ran.values()].map(({ slot }) => slot));
  const named = (tid: number, name: string) => ({
    ...{ name: 'thread_name', ph: 'M', pid: 1, tid },
    args: { name },
  });
  const events = [...ran].flatMap(([id, action]) => {
    const rule = graph.actions.get(id).rule;
    const critical = path.has(id);
    const shown = {
      name: action.description,
      cat: rule,
      ph: 'X',
      ts: Math.round(action.startMs * 1000),
      dur: Math.max(1, Math.round((action.endMs - action.startMs) * 1000)),
      pid: 1,
      tid: action.slot + pathRow + 1,
      ...(action.failed && { cname: 'terrible' }),
      args: { command: action.command, critical },
    };
    return critical ? [shown, { ...shown, tid: pathRow, cname: 'bad' }] : [shown];
  });
  const traceEvents = [
    named(pathRow, 'critical path'),
    ...[...slots].sort((a, b) => a - b).map((slot) => named(slot + pathRow + 1, `slot ${slot}`)),
    ...events,
  ];
  return `${JSON.stringify({ displayTimeUnit: 'ms', traceEvents })}\n`;
}

/** From the action that ended last, each time the one among those it needed that ended last. */
export function criticalPath(
  graph: Graph,
  ran: ReadonlyMap<ActionId, Pick<Ran, 'endMs'>>,
): readonly ActionId[] {
  const producers = new Map<FileId, ActionId>();
  for (const id of ran.keys()) {
    for (const output of graph.actions.get(id).outputs) producers.set(output, id);
  }
  const latest = (ids: Iterable<ActionId>): ActionId | undefined => {
    let found: ActionId | undefined;
    let end = Number.NEGATIVE_INFINITY;
    for (const id of ids) {
      const endMs = ran.get(id)?.endMs ?? Number.NEGATIVE_INFINITY;
      if (endMs > end) [found, end] = [id, endMs];
    }
    return found;
  };
  const path: ActionId[] = [];
  const seen = new Set<ActionId>();
  for (let at = latest(ran.keys()); at !== undefined && !seen.has(at); ) {
    seen.add(at);
    path.push(at);
    const { inputs, orderOnly } = graph.actions.get(at);
    const needed = [...inputs, ...orderOnly.flatMap((list) => graph.fileLists.get(list))];
    at = latest(needed.flatMap((file) => producers.get(file) ?? []));
  }
  return path.reverse();
}
