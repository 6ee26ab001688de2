import { signalName } from '../../base/signals.ts';
import type { Listener } from '../../events/event.ts';
import { failedEvent, startedEvent } from '../../exec/build-events.ts';
import type { ActionId, Graph } from '../../graph/graph.ts';
import type { Host } from '../../host/host.ts';
import { loadGraph } from '../../store/graph-file.ts';
import { readProof } from '../../store/no-op/no-op-look.ts';
import { proofFolder, removeNoOpProof } from '../../store/no-op/no-op-proof.ts';
import { signatureText } from '../../store/no-op/no-op-stamps.ts';
import { graphPath } from '../../store/setup/setup-state.ts';
import { exitCodes, type Session } from '../session.ts';
import { keptWarnings } from './kept-warnings.ts';
import { builtWords, upToDate } from './no-op-words.ts';
import { reporterFor } from './reporter-for.ts';

/** What bin/redo.c did, where that had something to say or failed. */
interface Redone {
  /** "ctime inode size" of the graph whose actions these are. */
  readonly graph: string;
  readonly tookMs: number;
  readonly steps: readonly RedoneStep[];
}
interface RedoneStep {
  readonly id: ActionId;
  readonly exit: { readonly kind: 'code'; readonly code: number } | Signalled;
  readonly tookMs: number;
  readonly output: string;
}
type Signalled = { readonly kind: 'signal'; readonly signal: string };

/** Tells what bin/redo.c did, and what to exit with; nothing where it did nothing that is to be told. */
export function tellRedone(
  session: Session,
  buildRoot: string,
  { quiet }: { readonly quiet: boolean },
): number | undefined {
  const { host, terminal } = session;
  const redone = takeTold(host, buildRoot);
  const graph = redone && loadGraph(host.files, graphPath(buildRoot));
  if (redone === undefined || graph?.ok !== true) return undefined;
  // A setup came between: then there is another build to tell of.
  const now = host.files.stat(graphPath(buildRoot));
  if (now === undefined || signatureText(now) !== redone.graph) return undefined;
  const place = { buildRoot, graph: graph.value };
  const reporter = reporterFor(session, { verbose: false, quiet, ...place });
  const warnings = keptWarnings(host.files, place, reporter.listener);
  tell({ host, graph: graph.value, listener: warnings.listener }, redone);
  reporter.stop();
  const isOther = warnings.keep();
  if (!redone.steps.every(isDone)) return exitCodes.failed;
  const says = readProof(host.files, buildRoot)?.says;
  // It would not tell of new warnings.
  if (isOther) removeNoOpProof(host.files, buildRoot);
  // Another kaon builds already: after it, there is nothing to do.
  if (says === undefined) return undefined;
  const built = builtWords(redone.steps.length, redone.tookMs);
  if (quiet) terminal.print(says.replace(upToDate, built));
  return exitCodes.ok;
}

function isDone({ exit }: RedoneStep): boolean {
  return exit.kind === 'code' && exit.code === 0;
}

interface Telling {
  readonly host: Host;
  readonly graph: Graph;
  readonly listener: Listener;
}

function tell({ host, graph, listener }: Telling, { steps, tookMs }: Redone): void {
  const atMs = host.clock.nowMs();
  listener({ kind: 'build-started', atMs, jobs: 1 });
  listener({ kind: 'build-planned', total: steps.length });
  for (const step of steps) {
    const { id, output, exit } = step;
    const durationMs = step.tookMs;
    listener(startedEvent({ graph }, id, { atMs, slot: 0 }));
    if (isDone(step)) {
      const { description } = graph.actions.get(id);
      listener({
        kind: 'action-finished',
        atMs,
        action: id,
        description,
        durationMs,
        output,
        how: 'ran',
        changed: true,
      });
    } else {
      const performed = { kind: 'failed', exit, output } as const;
      listener(failedEvent({ graph, host }, id, { durationMs, performed }));
    }
  }
  listener({
    kind: 'build-finished',
    atMs,
    durationMs: tookMs,
    fresh: 0,
    interrupted: false,
    skipped: 0,
    ran: steps.length,
    failed: steps.filter((step) => !isDone(step)).length,
  });
}

function takeTold({ files, system }: Host, buildRoot: string): Redone | undefined {
  const folder = `${buildRoot}/${proofFolder}`;
  const path = `${folder}/told.${system.processId}`;
  const bytes = files.readBytes(path);
  if (!bytes.ok) return undefined;
  files.remove(path);
  files.remove(`${folder}/now.${system.processId}`);
  return readTold(Buffer.from(bytes.value));
}

/**
 * The stamp of the graph and how long it took; then of each step a line with its number in the graph, whether a signal ended it,
 * which or what it exited with, how long it took, how many bytes it said; and these. Times are in ms.
 */
function readTold(bytes: Buffer): Redone | undefined {
  let at = 0;
  const line = (): readonly string[] => {
    const end = bytes.indexOf('\n', at);
    if (end < 0) return [];
    const words = bytes.toString('latin1', at, end).split(' ');
    at = end + 1;
    return words;
  };
  const [ctime, inode, length, took] = line();
  const graph = `${ctime} ${inode} ${length}`;
  const steps: RedoneStep[] = [];
  while (at < bytes.length) {
    const [id, bySignal, code, stepMs, size] = line().map(Number);
    if (id === undefined || code === undefined || stepMs === undefined || size === undefined) {
      return undefined;
    }
    // What a tool says may be no text.
    const output = bytes.toString('utf8', at, at + size);
    at += size;
    const exit =
      bySignal === 1
        ? ({ kind: 'signal', signal: signalName(code) ?? `signal ${code}` } as const)
        : ({ kind: 'code', code } as const);
    // It is the number of an action, as leaveRedo wrote it.
    steps.push({ id: id as ActionId, exit, tookMs: stepMs, output });
  }
  return steps.length === 0 ? undefined : { graph, tookMs: Number(took), steps };
}
