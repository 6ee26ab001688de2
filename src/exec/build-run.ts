import { invariant } from '../base/assert.ts';
import type { Exit, Listener } from '../events/event.ts';
import type { Action, ActionId } from '../graph/graph.ts';
import type { BuildContext } from './build-context.ts';
import { failedEvent, finishedEvent, HeldEvents, startedEvent } from './build-events.ts';
import { actionKey } from './command-text.ts';
import { endChildren, type StopSignal, stopSignals } from './end-children.ts';
import { NotedGroups } from './noted-groups.ts';
import { ActionStates } from './order/action-states.ts';
import { JobGate } from './order/job-gate.ts';
import { PoolRoom } from './order/pool-room.ts';
import { PriorityQueue } from './order/priority-queue.ts';
import { actionOf, earlyNode, type Node } from './order/select-actions.ts';
import { SendAhead } from './order/send-ahead.ts';
import { Tally } from './order/tally.ts';
import { Turns } from './order/turns.ts';
import { Waiting } from './order/waiting.ts';
import { type WorkEstimate, workEstimate } from './order/work-estimate.ts';
import { isCacheable, keepAction, worthwhileMs } from './perform/cached-action.ts';
import { EarlyOutputs, giveUp } from './perform/early-outputs.ts';
import type { Failed, Performance, Performed, Succeeded } from './perform/perform-action.ts';
import { asFailure, performOrRestore } from './perform/perform-or-restore.ts';
import { removeFailedOutputs, removeOutputs } from './perform/remove-outputs.ts';
import { settleAction, whyAgain, withReason } from './perform/settle-action.ts';
import { type BuildPlan, dependentsIn } from './plan-build.ts';
import { takeRewritten } from './rewritten-inputs.ts';
import type { RunOutcome } from './run-outcome.ts';

/** The limits of a build, and who hears of it. */
export interface RunOptions {
  readonly jobs: number;
  readonly keepGoing: number;
  readonly maxLoad: number | undefined;
  readonly listener: Listener;
  readonly interrupt: AbortSignal | undefined;
}

interface Ended {
  readonly node: Node;
  readonly id: ActionId;
  readonly performed: Performed;
}

/** One run over the pending part of a plan: who waits, who runs, who is done. */
export class BuildRun {
  readonly #context: BuildContext;
  readonly #plan: BuildPlan;
  readonly #options: RunOptions;
  readonly #events: HeldEvents;
  readonly #states: ActionStates;
  readonly #dependents: ReadonlyMap<Node, readonly Node[]>;
  readonly #estimate: WorkEstimate;
  readonly #ready: PriorityQueue;
  readonly #waiting: Waiting;
  readonly #running = new Map<ActionId, Performance>();
  readonly #turns: Turns;
  readonly #sendAhead: SendAhead;
  readonly #gate: JobGate;
  readonly #groups: NotedGroups;
  readonly #pools: PoolRoom;
  readonly #early: EarlyOutputs;
  /** Failed actions whose early outputs others may still be reading. */
  readonly #leftBehind: Action[] = [];
  readonly #ended: Ended[] = [];
  /** What is on its way into the cache. */
  readonly #kept = new Set<Promise<void>>();
  /** What wrote its inputs, and had to run once more. */
  readonly #ranTwice = new Set<ActionId>();
  #wake: () => void = () => undefined;
  readonly #tally: Tally;

  constructor(context: BuildContext, plan: BuildPlan, options: RunOptions) {
    this.#context = context;
    this.#plan = plan;
    this.#options = options;
    this.#events = new HeldEvents(options.listener);
    this.#tally = new Tally(plan, options.keepGoing);
    this.#groups = new NotedGroups(context.log);
    this.#pools = new PoolRoom(context.graph);
    this.#early = new EarlyOutputs(context);
    this.#gate = new JobGate(context, options.maxLoad);
    this.#turns = new Turns(options.jobs);
    this.#dependents = dependentsIn(plan);
    this.#estimate = workEstimate(context, plan, this.#dependents);
    this.#sendAhead = new SendAhead({
      context,
      estimate: this.#estimate,
      maxLoad: options.maxLoad,
    });
    this.#states = new ActionStates(plan, this.#estimate);
    this.#ready = new PriorityQueue((node) => this.#estimate.pathMs(node));
    this.#waiting = new Waiting(context, plan, {
      dependents: this.#dependents,
      states: this.#states,
      ready: this.#ready,
      tally: this.#tally,
      onTotal: () => this.#tellTotal(),
    });
  }

  async run(): Promise<RunOutcome> {
    this.#tellTotal();
    const { interrupt } = this.#options;
    const stop = (): void => {
      const { reason } = interrupt ?? {};
      this.#interrupt(stopSignals.find((signal) => signal === reason) ?? 'SIGTERM');
    };
    if (interrupt?.aborted === true) stop();
    else interrupt?.addEventListener('abort', stop, { once: true });
    this.#waiting.unblockFirst();
    for (;;) {
      this.#startWhatCan();
      if (this.#running.size === 0) break;
      await this.#nextEnd();
      this.#endAll();
    }
    interrupt?.removeEventListener('abort', stop);
    for (const action of this.#leftBehind) removeOutputs(this.#context, action);
    await Promise.all(this.#kept);
    await this.#context.commands.end();
    this.#groups.allEnded();
    return this.#tally.outcome();
  }

  /** How many run; what was sent ahead does not yet. */
  get #busy(): number {
    return this.#running.size - this.#turns.waiting;
  }

  #startWhatCan(): void {
    const gate = this.#gate;
    // Also those that seem to run: after a failure the runner starts none before it hears from us.
    if (this.#tally.stopping && this.#running.size > 0) this.#context.commands.takeBack?.();
    while (!this.#tally.stopping && this.#busy < this.#options.jobs) {
      if (this.#ready.size === 0 && this.#turns.waiting === 0) break;
      if (!gate.admits(this.#busy)) {
        gate.later().then(() => this.#wake());
        break;
      }
      if (this.#startOneThatWaits()) continue;
      if (this.#ready.size === 0) break;
      this.#startNext('now');
    }
    gate.keepFor(this.#busy);
    const most = this.#sendAhead.most(this.#turns.busy);
    for (let left = most - this.#turns.waiting; left > 0; left--) {
      if (this.#tally.stopping || this.#ready.size === 0 || !this.#startNext('ahead')) break;
    }
  }

  /** One that waits in its turn, where a slot is free that was not one of its turn. */
  #startOneThatWaits(): boolean {
    const one = this.#turns.allowOneMore();
    if (one === undefined) return false;
    this.#context.commands.allowInTurn?.(one.limit);
    this.#started(one.node, one.id);
    return true;
  }

  /** Starts the most urgent action, or sends it ahead; false when that one cannot be sent so. */
  #startNext(when: 'now' | 'ahead'): boolean {
    const node = this.#ready.pop();
    if (node === undefined || this.#states.get(node)?.kind !== 'ready') return true;
    const id = actionOf(this.#plan.selection, node);
    invariant(id !== undefined, 'only actions become ready');
    const action = this.#action(id);
    const inTurn = this.#sendAhead.takes(action);
    if (when === 'ahead' && !(inTurn && this.#sendAhead.mayWait(node, this.#running.keys()))) {
      this.#ready.push(node);
      return false;
    }
    if (!this.#pools.take(node, action)) return true;
    this.#states.become(node, { kind: 'sent', atMs: this.#context.host.clock.nowMs() });
    if (inTurn) this.#turns.send(node, when);
    else this.#started(node, id);
    this.#perform(node, id, { inTurn });
    return true;
  }

  /** Its turn came. */
  #started(node: Node, id: ActionId): void {
    const state = this.#states.get(node);
    invariant(state?.kind === 'sent', 'what starts was sent');
    const slot = this.#turns.takeSlot();
    const atMs = this.#context.host.clock.nowMs();
    this.#states.become(node, { kind: 'running', sentAtMs: state.atMs, startedAtMs: atMs, slot });
    this.#events.tell(startedEvent(this.#context, id, { atMs, slot }));
  }

  #startedAll(nodes: readonly (readonly [Node, ActionId])[]): void {
    for (const one of nodes) this.#started(...one);
  }

  #perform(node: Node, id: ActionId, { inTurn }: { readonly inTurn: boolean }): void {
    const atMs = this.#context.host.clock.nowMs();
    const performance = performOrRestore(this.#context, this.#action(id), {
      limit: inTurn ? () => this.#turns.limit(node) : undefined,
      started: (started) => {
        if (inTurn) this.#given(node, id, started);
        this.#tally.stateLost = this.#groups.started(started, atMs) ?? this.#tally.stateLost;
      },
      ready: (path) => this.#readyEarly(node, id, path),
    });
    this.#running.set(id, performance);
    performance.done.catch(asFailure).then((performed) => {
      this.#ended.push({ node, id, performed });
      this.#wake();
    });
  }

  /** It was not in the cache, or not looked up. */
  #given(node: Node, id: ActionId, { inTurn }: Performance): void {
    if (inTurn === true) {
      this.#startedAll(this.#turns.give(node, id));
    } else {
      // It needs no turn after all: it could not start, or was started at once.
      this.#turns.leave(node);
      this.#started(node, id);
    }
    // A slot may have become free while this one was looked up.
    if (this.#turns.waiting > 0 && this.#busy < this.#options.jobs) this.#wake();
  }

  #nextEnd(): Promise<void> {
    if (this.#ended.length > 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** All actions that ended meanwhile make one record of the log; they are reported once it is written. */
  #endAll(): void {
    this.#context.files.nextMoment();
    this.#events.hold();
    for (const ended of this.#ended.splice(0)) this.#end(ended);
    this.#context.files.settleOld();
    const flushed = this.#context.log.flush();
    if (!flushed.ok) this.#tally.stateLost = flushed.error.reason;
    this.#events.release();
  }

  #end({ node, id, performed }: Ended): void {
    if (performed.kind === 'taken-back') {
      this.#takenBack(node, id);
      return;
    }
    const { next, startedAtMs, durationMs } = this.#leave(node, id, performed);
    if (performed.kind === 'failed') {
      this.#fail(node, id, { durationMs, performed });
      if (!this.#tally.stopping) this.#startedAll(next);
      return;
    }
    // These have taken its place already.
    this.#startedAll(next);
    const action = this.#action(id);
    const { read, again } = performed;
    const run = { startedAtMs, durationMs, read, again };
    const settled = settleAction(this.#context, action, run);
    const changedLate = this.#early.changed(id);
    if (settled.kind === 'broken' || changedLate !== undefined) {
      const reason = settled.kind === 'broken' ? settled.reason : changedLate;
      const output = withReason(performed.output, reason ?? '');
      const exit: Exit = { kind: 'code', code: 0 };
      this.#fail(node, id, { durationMs, performed: { kind: 'failed', exit, output } });
      return;
    }
    if (settled.kind === 'rewrote-inputs' && this.#startAgain(node, id, settled.paths)) return;
    if (settled.kind === 'recorded') {
      this.#context.starts.note(id, startedAtMs);
      this.#keep(action, performed, durationMs);
    } else this.#tally.unrecorded++;
    this.#tally.ran++;
    this.#states.become(node, { kind: 'done', how: 'ran' });
    const { changed } = settled;
    this.#events.tell(finishedEvent(this.#context, id, { performed, changed, durationMs }));
    const text = whyAgain(this.#context, action, settled);
    if (text !== undefined) this.#events.tell({ kind: 'message', text });
    this.#waiting.ended(node);
  }

  /** Gives back what a running action held: its slot, its room in a pool, its turn. */
  #leave(node: Node, id: ActionId, { tookMs }: Succeeded | Failed) {
    if (this.#states.get(node)?.kind === 'sent') this.#started(node, id);
    const state = this.#states.get(node);
    invariant(state?.kind === 'running', 'what ends was running');
    this.#groups.ended(this.#running.get(id)?.groupId);
    this.#running.delete(id);
    for (const waited of this.#pools.leave(this.#action(id))) this.#ready.push(waited);
    this.#turns.freeSlot(state.slot);
    const next = this.#turns.end(node);
    const durationMs = tookMs ?? this.#context.host.clock.nowMs() - state.startedAtMs;
    this.#sendAhead.took(durationMs);
    return { next, startedAtMs: state.sentAtMs, durationMs };
  }

  /** Gives the cache what took a while to make. */
  #keep(action: Action, performed: Succeeded, durationMs: number): void {
    if (performed.restored === true || durationMs < worthwhileMs) return;
    if (!isCacheable(this.#context, action)) return;
    const kept = keepAction(this.#context, action, performed);
    this.#kept.add(kept);
    kept.then(() => this.#kept.delete(kept)).catch(() => undefined);
  }

  /** Run again from the inputs as they are now, so that the result is not made from a mixture of old and new ones. */
  #startAgain(node: Node, id: ActionId, rewritten: readonly string[]): boolean {
    if (this.#ranTwice.has(id) || this.#action(id).earlyOutputs.length > 0) return false;
    this.#ranTwice.add(id);
    takeRewritten(this.#context, rewritten);
    this.#states.become(node, { kind: 'ready' });
    this.#ready.push(node);
    return true;
  }

  /** It was sent and never started, though another may have seemed to. */
  #takenBack(node: Node, id: ActionId): void {
    const state = this.#states.get(node);
    this.#running.delete(id);
    this.#turns.takeBack(node);
    if (state?.kind === 'running') this.#turns.freeSlot(state.slot);
    this.#states.become(node, { kind: 'ready' });
    for (const waited of this.#pools.leave(this.#action(id))) this.#ready.push(waited);
    this.#ready.push(node);
  }

  #fail(
    node: Node,
    id: ActionId,
    how: {
      readonly durationMs: number;
      readonly performed: Failed;
    },
  ): void {
    const action = this.#action(id);
    if (this.#early.wereUsed(id, action)) {
      removeOutputs(this.#context, action, action.earlyOutputs);
      this.#leftBehind.push(action);
      giveUp(this.#states, this.#dependents, earlyNode(this.#plan.selection, id));
    } else {
      removeFailedOutputs(this.#context, action, this.#tally);
    }
    this.#context.log.forget(actionKey(this.#context.graph, action));
    this.#states.become(node, { kind: 'failed' });
    // What an interrupt ended did not fail.
    if (this.#tally.interruptedBy !== undefined) return;
    this.#tally.failed.push(id);
    this.#events.tell(failedEvent(this.#context, id, how));
  }

  /** An action that runs has made a file that others may read now. */
  #readyEarly(node: Node, id: ActionId, path: string): void {
    if (this.#states.get(node)?.kind !== 'running' || !this.#early.announce(id, path)) return;
    const atMs = this.#context.host.clock.nowMs();
    this.#events.tell({ kind: 'action-ready-early', atMs, action: id });
    const early = earlyNode(this.#plan.selection, id);
    if (this.#plan.pending.has(early)) this.#waiting.unblock([early]);
    this.#wake();
  }

  #interrupt(signal: StopSignal): void {
    this.#tally.interruptedBy = signal;
    this.#context.commands.takeBack?.();
    endChildren(this.#running, signal);
  }

  #tellTotal(): void {
    this.#events.tell({
      kind: 'build-planned',
      total: this.#tally.total,
      ...(this.#estimate.known ? { workLeftMs: this.#states.workLeftMs } : {}),
    });
  }

  #action(id: ActionId): Action {
    return this.#context.graph.actions.get(id);
  }
}
