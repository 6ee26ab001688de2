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
  const early = new Map<ActionId, number>();
  let startedAtMs = 0;
  return (event) => {
    switch (event.kind) {
      case 'build-started':
        startedAtMs = event.atMs;
        break;
      case 'action-started':
        open.set(event.action, event);
        break;
      case 'action-ready-early':
        early.set(event.action, event.atMs - startedAtMs);
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
          earlyMs: early.get(event.action),
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
  /** When its early outputs were ready. */
  readonly earlyMs: number | undefined;
  readonly failed: boolean;
}

/** Slots are rows from 2 on; the critical path stands above them. */
const pathRow = 1;

function trace(graph: Graph, ran: ReadonlyMap<ActionId, Ran>): string {
  const path = new Map(criticalPath(graph, ran).map(({ id, untilMs }) => [id, untilMs]));
  const slots = new Set([...ran.values()].map(({ slot }) => slot));
  const named = (tid: number, name: string) => ({
    name: 'thread_name',
    ph: 'M',
    pid: 1,
    tid,
    args: { name },
  });
  const events = [...ran].flatMap(([id, action]) => {
    const rule = graph.actions.get(id).rule;
    const untilMs = path.get(id);
    const critical = untilMs !== undefined;
    const shown = {
      name: action.description,
      cat: rule,
      ph: 'X',
      ts: Math.round(action.startMs * 1000),
      dur: microseconds(action.startMs, action.endMs),
      pid: 1,
      tid: action.slot + pathRow + 1,
      ...(action.failed && { cname: 'terrible' }),
      args: { command: action.command, critical },
    };
    const early = { name: 'early outputs are ready', ph: 'i', s: 't', pid: 1, tid: shown.tid };
    return [
      shown,
      ...(action.earlyMs === undefined
        ? []
        : [{ ...early, ts: Math.round(action.earlyMs * 1000) }]),
      ...(critical
        ? [{ ...shown, dur: microseconds(action.startMs, untilMs), tid: pathRow, cname: 'bad' }]
        : []),
    ];
  });
  const traceEvents = [
    named(pathRow, 'critical path'),
    ...[...slots].sort((a, b) => a - b).map((slot) => named(slot + pathRow + 1, `slot ${slot}`)),
    ...events,
  ];
  return `${JSON.stringify({ displayTimeUnit: 'ms', traceEvents })}\n`;
}

function microseconds(fromMs: number, toMs: number): number {
  return Math.max(1, Math.round((toMs - fromMs) * 1000));
}

/** A part of the critical path: until when the build waited for an action, or for its early outputs. */
export interface Waited {
  readonly id: ActionId;
  readonly untilMs: number;
}

type Times = Pick<Ran, 'endMs'> & Partial<Pick<Ran, 'earlyMs'>>;

/** From the action that ended last, each time the one among those it needed that was ready last. */
export function criticalPath(graph: Graph, ran: ReadonlyMap<ActionId, Times>): readonly Waited[] {
  const made = new Map<FileId, Waited>();
  let at: Waited | undefined;
  for (const [id, { endMs, earlyMs = endMs }] of ran) {
    const { outputs, earlyOutputs } = graph.actions.get(id);
    for (const output of outputs) made.set(output, { id, untilMs: endMs });
    for (const output of earlyOutputs) made.set(output, { id, untilMs: earlyMs });
    if (at === undefined || endMs > at.untilMs) at = { id, untilMs: endMs };
  }
  const path: Waited[] = [];
  const seen = new Set<ActionId>();
  while (at !== undefined && !seen.has(at.id)) {
    seen.add(at.id);
    path.push(at);
    const { inputs, orderOnly } = graph.actions.get(at.id);
    at = undefined;
    for (const file of [...inputs, ...orderOnly.flatMap((list) => graph.fileLists.get(list))]) {
      const ready = made.get(file);
      if (ready !== undefined && (at === undefined || ready.untilMs > at.untilMs)) at = ready;
    }
  }
  return path.reverse();
}
