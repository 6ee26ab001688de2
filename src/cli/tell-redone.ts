import type { Listener } from '../events/event.ts';
import { failedEvent, startedEvent } from '../exec/build-events.ts';
import type { Action, ActionId, Graph } from '../graph/graph.ts';
import type { Host } from '../host/host.ts';
import { loadGraph } from '../store/graph-file.ts';
import { readProof } from '../store/no-op-look.ts';
import { proofFolder } from '../store/no-op-proof.ts';
import { graphPath } from '../store/setup-state.ts';
import { upToDate } from './no-op-words.ts';
import { reporterFor } from './reporter-for.ts';
import { exitCodes, type Session, signalNumbers } from './session.ts';

/** How a command ended that bin/redo.c ran, where it had something to say or failed. */
interface Redone {
  readonly id: ActionId;
  readonly exit: { readonly kind: 'code'; readonly code: number } | Signalled;
  readonly copies: number;
  readonly tookMs: number;
  readonly output: string;
}
type Signalled = { readonly kind: 'signal'; readonly signal: string };

/** Tells what bin/redo.c did, and what to exit with; nothing where it did nothing that is to be told. */
export function tellRedone(session: Session, buildRoot: string): number | undefined {
  const { host, terminal } = session;
  const redone = takeTold(host, buildRoot);
  const graph = redone && loadGraph(host.files, graphPath(buildRoot));
  if (redone === undefined || graph?.ok !== true) return undefined;
  const reporter = reporterFor(session, { verbose: false, quiet: true });
  const ran = 1 + redone.copies;
  const isDone = redone.exit.kind === 'code' && redone.exit.code === 0;
  tell({ host, graph: graph.value, listener: reporter.listener }, redone, isDone);
  reporter.stop();
  const says = readProof(host.files, buildRoot)?.says;
  if (!isDone) return exitCodes.failed;
  // Another kaon builds already: after it, there is nothing to do.
  if (says === undefined) return undefined;
  const seconds = (redone.tookMs / 1000).toFixed(1);
  const built = `built, ${ran} ${ran === 1 ? 'action' : 'actions'} in ${seconds} s`;
  terminal.print(says.replace(upToDate, built));
  return exitCodes.ok;
}

interface Telling {
  readonly host: Host;
  readonly graph: Graph;
  readonly listener: Listener;
}

function tell({ host, graph, listener }: Telling, redone: Redone, isDone: boolean): void {
  const { id, exit, tookMs, output } = redone;
  const copies = copiesOf(graph, id);
  const atMs = host.clock.nowMs();
  listener({ kind: 'build-started', atMs, jobs: 1 });
  listener({ kind: 'build-planned', total: 1 + copies.length });
  const ended = (action: ActionId, durationMs: number, said: string): void => {
    const { description } = graph.actions.get(action);
    listener(startedEvent({ graph }, action, { atMs, slot: 0 }));
    listener({
      kind: 'action-finished',
      ...{ atMs, action, description, durationMs, output: said, how: 'ran', changed: true },
    });
  };
  if (isDone) {
    ended(id, tookMs, output);
    for (const copy of copies.slice(0, redone.copies)) ended(copy, 0, '');
  } else {
    const performed = { kind: 'failed', exit, output } as const;
    listener(startedEvent({ graph }, id, { atMs, slot: 0 }));
    listener(failedEvent({ graph, host }, id, { durationMs: tookMs, performed }));
  }
  listener({
    kind: 'build-finished',
    ...{ atMs, durationMs: tookMs, fresh: 0, interrupted: false },
    ran: isDone ? 1 + redone.copies : 1,
    failed: isDone ? 0 : 1,
    skipped: isDone ? 0 : copies.length,
  });
}

function copiesOf(graph: Graph, id: ActionId): readonly ActionId[] {
  const made = new Set(graph.actions.get(id).outputs.map((file) => graph.files.get(file)));
  const isCopy = ({ work }: Action): boolean => work.kind === 'copy' && made.has(work.from);
  return [...graph.actions.entries()].flatMap(([other, action]) => (isCopy(action) ? [other] : []));
}

function takeTold({ files, system }: Host, buildRoot: string): Redone | undefined {
  const folder = `${buildRoot}/${proofFolder}`;
  const path = `${folder}/told.${system.processId}`;
  const bytes = files.readBytes(path);
  if (!bytes.ok) return undefined;
  files.remove(path);
  files.remove(`${folder}/now.${system.processId}`);
  // What a tool says may be no text.
  const text = Buffer.from(bytes.value).toString('utf8');
  const end = text.indexOf('\n');
  const [id = 0, bySignal, code = 0, copies = 0, tookMs = 0] = text
    .slice(0, end)
    .split(' ')
    .map(Number);
  const exit =
    bySignal === 1
      ? ({ kind: 'signal', signal: signalName(code) } as const)
      : ({ kind: 'code', code } as const);
  // It is the number of an action, as leaveRedo wrote it.
  return { id: id as ActionId, exit, copies, tookMs, output: text.slice(end + 1) };
}

/** Those that end compilers, with the same numbers on all kinds of Linux. */
const signals = { SIGILL: 4, SIGABRT: 6, SIGFPE: 8, SIGKILL: 9, SIGSEGV: 11, ...signalNumbers };

function signalName(number: number): string {
  const found = Object.entries(signals).find(([, known]) => known === number);
  return found === undefined ? `signal ${number}` : found[0];
}
