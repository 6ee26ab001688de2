import { invariant } from '../base/assert.ts';
import type { Exit, Listener } from '../events/event.ts';
import type { Action, ActionId, FileId } from '../graph/graph.ts';
import { ActionStates } from './action-states.ts';
import type { BuildContext } from './build-context.ts';
import { failedEvent, HeldEvents, startedEvent } from './build-events.ts';
import { isCacheable, keepAction } from './cached-action.ts';
import { actionKey } from './command-text.ts';
import { EarlyOutputs, giveUp } from './early-outputs.ts';
import { endChildren, type StopSignal, stopSignals } from './end-children.ts';
import { JobGate } from './job-gate.ts';
import { NotedGroups } from './noted-groups.ts';
import { type Performance, type Performed, removeOutputs } from './perform-action.ts';
import { performOrRestore } from './perform-or-restore.ts';
import { type BuildPlan, dependentsIn } from './plan-build.ts';
import { PoolRoom } from './pool-room.ts';
import { PriorityQueue } from './priority-queue.ts';
import { type RunCounts, type RunOutcome, runOutcome } from './run-outcome.ts';
import { actionOf, earlyNode, type Node } from './select-actions.ts';
import { SendAhead } from './send-ahead.ts';
import { settleAction, whyAgain, withReason } from './settle-action.ts';
import { whyStale } from './why-stale.ts';
import { type WorkEstimate, workEstimate } from './work-estimate.ts';

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
  readonly #running = new Map<ActionId, Performance>();
  readonly #slots: boolean[];
  readonly #sendAhead: SendAhead;
  /** Those that were sent and whose turn did not come yet, in their order. */
  readonly #ahead = new Map<Node, ActionId>();
  /** How many may run at once, as was said last. */
  #limit = 1;
  readonly #gate: JobGate;
  readonly #groups: NotedGroups;
  readonly #pools: PoolRoom;
  readonly #early: EarlyOutputs;
  /** Failed actions whose early outputs others may still be reading. */
  readonly #leftBehind: Action[] = [];
  readonly #ended: Ended[] = [];
  /** What is on its way into the cache. */
  readonly #kept: Promise<void>[] = [];
  #wake: () => void = () => undefined;
  readonly #failed: ActionId[] = [];
  #ran = 0;
  #unrecorded = 0;
  #fresh: number;
  #total: number;
  #stateLost: string | undefined;
  #interruptedBy: StopSignal | undefined;

  constructor(context: BuildContext, plan: BuildPlan, options: RunOptions) {
    this.#context = context;
    this.#plan = plan;
    this.#options = options;
    this.#events = new HeldEvents(options.listener);
    this.#fresh = plan.fresh;
    this.#total = plan.stale.size + plan.undecided.size;
    this.#sendAhead = new SendAhead(context);
    this.#groups = new NotedGroups(context.log);
    this.#pools = new PoolRoom(context.graph);
    this.#early = new EarlyOutputs(context);
    this.#gate = new JobGate(context, options.maxLoad);
    this.#slots = new Array<boolean>(options.jobs).fill(false);
    this.#dependents = dependentsIn(plan);
    this.#estimate = workEstimate(context, plan, this.#dependents);
    this.#states = new ActionStates(plan, this.#estimate);
    this.#ready = new PriorityQueue((node) => this.#estimate.pathMs(node));
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
    this.#unblockFirst();
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
    return this.#outcome();
  }

  #unblockFirst(): void {
    const { pending, selection } = this.#plan;
    const free: Node[] = [];
    for (const node of pending) {
      const blockedBy = selection.needs(node).filter((need) => pending.has(need)).length;
      this.#states.become(node, { kind: 'waiting', blockedBy });
      if (blockedBy === 0) free.push(node);
    }
    this.#unblock(free);
  }

  /** These wait for nothing any more; those that turn out to be done free others. */
  #unblock(nodes: Node[]): void {
    const totalBefore = this.#total;
    for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
      const id = actionOf(this.#plan.selection, node);
      // What was ready early has freed others already.
      if (this.#states.get(node)?.kind === 'done') continue;
      if (id !== undefined && this.#mustRun(id)) {
        this.#states.become(node, { kind: 'ready' });
        this.#ready.push(node);
        continue;
      }
      this.#states.become(node, { kind: 'done', how: 'fresh' });
      if (id !== undefined) {
        this.#fresh++;
        this.#total--;
      }
      nodes.push(...this.#release(node));
    }
    if (this.#total !== totalBefore) this.#tellTotal();
  }

  #mustRun(id: ActionId): boolean {
    if (this.#plan.stale.has(id)) return true;
    return whyStale(this.#context, this.#action(id)) !== undefined;
  }

  /** Those that waited for this one alone. */
  #release(node: Node): readonly Node[] {
    const free: Node[] = [];
    for (const dependent of this.#dependents.get(node) ?? []) {
      const state = this.#states.get(dependent);
      // What is early may be done before, and what needs something that failed is given up.
      if (state?.kind === 'done' || state?.kind === 'failed') continue;
      invariant(state?.kind === 'waiting', 'what waits for something is waiting');
      const blockedBy = state.blockedBy - 1;
      this.#states.become(dependent, { kind: 'waiting', blockedBy });
      if (blockedBy === 0) free.push(dependent);
    }
    return free;
  }

  get #stopping(): boolean {
    const { keepGoing } = this.#options;
    return (
      this.#interruptedBy !== undefined ||
      this.#stateLost !== undefined ||
      (keepGoing > 0 && this.#failed.length >= keepGoing)
    );
  }

  /** How many run; what was sent ahead does not yet. */
  get #busy(): number {
    return this.#running.size - this.#ahead.size;
  }

  #startWhatCan(): void {
    const gate = this.#gate;
    if (this.#stopping && this.#ahead.size > 0) this.#context.commands.takeBack?.();
    while (!this.#stopping && this.#busy < this.#options.jobs && this.#ready.size > 0) {
      if (!gate.admits(this.#busy)) {
        gate.later().then(() => this.#wake());
        break;
      }
      this.#startNext();
    }
    gate.keepFor(this.#busy);
    for (let left = this.#sendAhead.most(this.#busy) - this.#ahead.size; left > 0; left--) {
      if (this.#stopping || this.#ready.size === 0 || !this.#startNext('ahead')) break;
    }
  }

  /** Starts the most urgent action, or sends it ahead; false when that one cannot be sent so. */
  #startNext(when: 'now' | 'ahead' = 'now'): boolean {
    const node = this.#ready.pop();
    if (node === undefined || this.#states.get(node)?.kind !== 'ready') return true;
    const id = actionOf(this.#plan.selection, node);
    invariant(id !== undefined, 'only actions become ready');
    const action = this.#action(id);
    if (when === 'ahead' && !this.#sendAhead.takes(action)) {
      this.#ready.push(node);
      return false;
    }
    if (!this.#pools.take(node, action)) return true;
    const atMs = this.#context.host.clock.nowMs();
    const limit = when === 'now' ? this.#busy + 1 : this.#busy;
    // Those who wait for their turn were promised it.
    this.#limit = this.#ahead.size > 0 ? Math.max(limit, this.#limit) : limit;
    this.#states.become(node, { kind: 'sent', atMs });
    if (when === 'ahead') this.#ahead.set(node, id);
    else this.#started(node, id);
    this.#perform(node, id);
    return true;
  }

  /** Its turn came. */
  #started(node: Node, id: ActionId): void {
    const state = this.#states.get(node);
    invariant(state?.kind === 'sent', 'what starts was sent');
    this.#ahead.delete(node);
    const slot = this.#slots.indexOf(false);
    this.#slots[slot] = true;
    const atMs = this.#context.host.clock.nowMs();
    this.#states.become(node, { kind: 'running', sentAtMs: state.atMs, startedAtMs: atMs, slot });
    this.#events.tell(startedEvent(this.#context, id, { atMs, slot }));
  }

  #perform(node: Node, id: ActionId): void {
    const action = this.#action(id);
    // What a folder holds is not looked into, so a half-done one would pass for the one of before.
    const { files, graph, log, host } = this.#context;
    const key = actionKey(graph, action);
    const isFolder = (output: FileId): boolean => files.isFolder(graph.files.get(output));
    if (log.action(key) !== undefined && action.outputs.some(isFolder)) log.forget(key);
    const atMs = host.clock.nowMs();
    const performance = performOrRestore(this.#context, action, {
      limit: () => Math.max(this.#limit, this.#busy),
      started: (started) => {
        this.#stateLost = this.#groups.started(started, atMs) ?? this.#stateLost;
      },
      ready: (path) => this.#readyEarly(node, id, path),
    });
    this.#running.set(id, performance);
    const end = (performed: Performed): void => {
      this.#ended.push({ node, id, performed });
      this.#wake();
    };
    performance.done.then(end, (error: unknown) => {
      const exit: Exit = { kind: 'not-started', reason: String(error) };
      end({ kind: 'failed', exit, output: '' });
    });
  }

  #nextEnd(): Promise<void> {
    if (this.#ended.length > 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** All that ended meanwhile is one record of the log, and told once that is written. */
  #endAll(): void {
    this.#context.files.nextMoment();
    this.#events.hold();
    for (const ended of this.#ended.splice(0)) this.#end(ended);
    const flushed = this.#context.log.flush();
    if (!flushed.ok) this.#stateLost = flushed.error.reason;
    this.#events.release();
  }

  #end({ node, id, performed }: Ended): void {
    if (performed.kind === 'taken-back') {
      this.#running.delete(id);
      this.#ahead.delete(node);
      this.#states.become(node, { kind: 'ready' });
      return;
    }
    if (this.#ahead.has(node)) this.#started(node, id);
    const state = this.#states.get(node);
    invariant(state?.kind === 'running', 'what ends was running');
    this.#groups.ended(this.#running.get(id)?.groupId);
    this.#running.delete(id);
    this.#slots[state.slot] = false;
    for (const waited of this.#pools.leave(this.#action(id))) this.#ready.push(waited);
    // The next one has taken its place.
    const [next] = this.#ahead;
    if (next !== undefined) this.#started(...next);
    const durationMs = performed.tookMs ?? this.#context.host.clock.nowMs() - state.startedAtMs;
    this.#sendAhead.took(durationMs);
    const run = { startedAtMs: state.sentAtMs, durationMs };
    if (performed.kind === 'failed') {
      this.#fail(node, id, { durationMs, performed });
      return;
    }
    const action = this.#action(id);
    const settled = settleAction(this.#context, action, run);
    const changedLate = this.#early.changed(id);
    if (settled.kind === 'broken' || changedLate !== undefined) {
      const reason = settled.kind === 'broken' ? settled.reason : changedLate;
      const output = withReason(performed.output, reason ?? '');
      const exit: Exit = { kind: 'code', code: 0 };
      this.#fail(node, id, { durationMs, performed: { kind: 'failed', exit, output } });
      return;
    }
    const restored = performed.restored === true;
    if (settled.kind === 'recorded' && !restored && isCacheable(this.#context, action)) {
      this.#kept.push(keepAction(this.#context, action, performed.output));
    }
    this.#ran++;
    this.#states.become(node, { kind: 'done', how: 'ran' });
    this.#events.tell({
      kind: 'action-finished',
      atMs: this.#context.host.clock.nowMs(),
      action: id,
      description: action.description,
      how: restored ? 'restored' : 'ran',
      changed: settled.changed,
      durationMs,
      output: performed.output,
    });
    const text = whyAgain(this.#context, action, settled);
    if (text !== undefined) {
      this.#unrecorded++;
      this.#events.tell({ kind: 'message', text });
    }
    this.#unblock([...this.#release(node)]);
  }

  #fail(
    node: Node,
    id: ActionId,
    how: {
      readonly durationMs: number;
      readonly performed: Performed & { kind: 'failed' };
    },
  ): void {
    const action = this.#action(id);
    if (this.#early.wereUsed(id, action)) {
      removeOutputs(this.#context, action, action.earlyOutputs);
      this.#leftBehind.push(action);
      giveUp(this.#states, this.#dependents, earlyNode(this.#plan.selection, id));
    } else {
      removeOutputs(this.#context, action);
    }
    this.#context.log.forget(actionKey(this.#context.graph, action));
    this.#states.become(node, { kind: 'failed' });
    // What an interrupt ended did not fail.
    if (this.#interruptedBy !== undefined) return;
    this.#failed.push(id);
    this.#events.tell(failedEvent(this.#context, id, how));
  }

  /** An action that runs has made a file that others may read now. */
  #readyEarly(node: Node, id: ActionId, path: string): void {
    if (this.#states.get(node)?.kind !== 'running' || !this.#early.announce(id, path)) return;
    const atMs = this.#context.host.clock.nowMs();
    this.#events.tell({ kind: 'action-ready-early', atMs, action: id });
    const early = earlyNode(this.#plan.selection, id);
    if (this.#plan.pending.has(early)) this.#unblock([early]);
    this.#wake();
  }

  #interrupt(signal: StopSignal): void {
    this.#interruptedBy = signal;
    this.#context.commands.takeBack?.();
    endChildren(this.#running, signal);
  }

  #tellTotal(): void {
    this.#events.tell({
      kind: 'build-planned',
      total: this.#total,
      ...(this.#estimate.known ? { workLeftMs: this.#states.workLeftMs } : {}),
    });
  }

  #outcome(): RunOutcome {
    const tried = this.#ran + this.#failed.length;
    const counts: RunCounts = {
      ran: this.#ran,
      fresh: this.#fresh,
      failed: this.#failed,
      skipped: this.#total - tried,
      unrecorded: this.#unrecorded,
    };
    return runOutcome(counts, { interruptedBy: this.#interruptedBy, stateLost: this.#stateLost });
  }

  #action(id: ActionId): Action {
    return this.#context.graph.actions.get(id);
  }
}
