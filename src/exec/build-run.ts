import { invariant } from '../base/assert.ts';
import type { Exit, Listener } from '../events/event.ts';
import type { Action, ActionId, PoolId } from '../graph/graph.ts';
import { commandLine } from '../graph/shell-line.ts';
import type { ActionState } from './action-state.ts';
import type { BuildContext } from './build-context.ts';
import { isCacheable, keepAction } from './cached-action.ts';
import { actionKey } from './command-text.ts';
import { endChildren, type StopSignal, stopSignals } from './end-children.ts';
import { JobGate } from './job-gate.ts';
import { type Performance, type Performed, removeOutputs } from './perform-action.ts';
import { performOrRestore } from './perform-or-restore.ts';
import type { BuildPlan } from './plan-build.ts';
import { PriorityQueue } from './priority-queue.ts';
import type { RunCounts, RunOutcome } from './run-outcome.ts';
import { actionOf, type Node } from './select-actions.ts';
import { settleAction, whyAgain } from './settle-action.ts';
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
  readonly #states = new Map<Node, ActionState>();
  readonly #dependents = new Map<Node, Node[]>();
  readonly #estimate: WorkEstimate;
  readonly #ready: PriorityQueue;
  readonly #running = new Map<ActionId, Performance>();
  readonly #slots: boolean[];
  readonly #gate: JobGate;
  /** Process groups that stay from one action to the next. */
  readonly #groups = new Set<number>();
  readonly #poolUse = new Map<PoolId, number>();
  readonly #poolQueues = new Map<PoolId, Node[]>();
  readonly #ended: Ended[] = [];
  /** What is on its way into the cache. */
  readonly #kept: Promise<void>[] = [];
  #wake: () => void = () => undefined;
  readonly #failed: ActionId[] = [];
  #ran = 0;
  #unrecorded = 0;
  #fresh: number;
  #total: number;
  #workLeftMs = 0;
  #stateLost: string | undefined;
  #interruptedBy: StopSignal | undefined;

  constructor(context: BuildContext, plan: BuildPlan, options: RunOptions) {
    this.#context = context;
    this.#plan = plan;
    this.#options = options;
    this.#fresh = plan.fresh;
    this.#total = plan.stale.size + plan.undecided.size;
    this.#gate = new JobGate(context, options.maxLoad);
    this.#slots = new Array<boolean>(options.jobs).fill(false);
    for (const node of plan.pending) {
      for (const need of plan.selection.needs(node)) {
        if (!plan.pending.has(need)) continue;
        const list = this.#dependents.get(need);
        if (list === undefined) this.#dependents.set(need, [node]);
        else list.push(node);
      }
    }
    this.#estimate = workEstimate(context, plan, this.#dependents);
    for (const node of plan.pending) this.#workLeftMs += this.#estimate.ownMs(node);
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
      for (let ended = this.#ended.shift(); ended !== undefined; ended = this.#ended.shift()) {
        this.#end(ended);
      }
    }
    interrupt?.removeEventListener('abort', stop);
    await Promise.all(this.#kept);
    await this.#context.commands.end();
    for (const id of this.#groups) this.#context.log.groupEnded(id);
    return this.#outcome();
  }

  /** Every change of a state goes through here. */
  #become(node: Node, state: ActionState): void {
    const before = this.#states.get(node)?.kind;
    invariant(
      before === undefined ||
        before === 'waiting' ||
        (before === 'ready' && state.kind !== 'waiting') ||
        (before === 'running' && (state.kind === 'done' || state.kind === 'failed')),
      `an action cannot go from ${before} to ${state.kind}`,
    );
    this.#states.set(node, state);
    if (state.kind === 'done' || state.kind === 'failed') {
      this.#workLeftMs -= this.#estimate.ownMs(node);
    }
  }

  #unblockFirst(): void {
    const { pending, selection } = this.#plan;
    const free: Node[] = [];
    for (const node of pending) {
      const blockedBy = selection.needs(node).filter((need) => pending.has(need)).length;
      this.#become(node, { kind: 'waiting', blockedBy });
      if (blockedBy === 0) free.push(node);
    }
    this.#unblock(free);
  }

  /** These wait for nothing any more; those that turn out to be done free others. */
  #unblock(nodes: Node[]): void {
    const totalBefore = this.#total;
    for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
      const id = actionOf(this.#plan.selection, node);
      if (id !== undefined && this.#mustRun(id)) {
        this.#become(node, { kind: 'ready' });
        this.#ready.push(node);
        continue;
      }
      this.#become(node, { kind: 'done', how: 'fresh' });
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
      invariant(state?.kind === 'waiting', 'what waits for something is waiting');
      const blockedBy = state.blockedBy - 1;
      this.#become(dependent, { kind: 'waiting', blockedBy });
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

  #startWhatCan(): void {
    const gate = this.#gate;
    while (!this.#stopping && this.#running.size < this.#options.jobs && this.#ready.size > 0) {
      if (!gate.admits(this.#running.size)) {
        gate.later().then(() => this.#wake());
        break;
      }
      const node = this.#ready.pop();
      if (node === undefined) break;
      const id = actionOf(this.#plan.selection, node);
      invariant(id !== undefined, 'only actions become ready');
      if (this.#takePool(node, id)) this.#start(node, id);
    }
    gate.keepFor(this.#running.size);
  }

  /** Room in the action's pool; without it the action waits aside until someone leaves the pool. */
  #takePool(node: Node, id: ActionId): boolean {
    const { pool } = this.#action(id);
    if (pool === undefined) return true;
    const used = this.#poolUse.get(pool) ?? 0;
    const { depth, console } = this.#context.graph.pools.get(pool);
    if (used < (console ? 1 : Math.max(1, depth))) {
      this.#poolUse.set(pool, used + 1);
      return true;
    }
    const queue = this.#poolQueues.get(pool);
    if (queue === undefined) this.#poolQueues.set(pool, [node]);
    else queue.push(node);
    return false;
  }

  #leavePool(id: ActionId): void {
    const { pool } = this.#action(id);
    if (pool === undefined) return;
    this.#poolUse.set(pool, (this.#poolUse.get(pool) ?? 1) - 1);
    for (const node of this.#poolQueues.get(pool) ?? []) this.#ready.push(node);
    this.#poolQueues.delete(pool);
  }

  #start(node: Node, id: ActionId): void {
    const action = this.#action(id);
    const slot = this.#slots.indexOf(false);
    this.#slots[slot] = true;
    const { clock } = this.#context.host;
    const atMs = clock.nowMs();
    this.#become(node, { kind: 'running', startedAtMs: atMs, slot });
    this.#options.listener({
      kind: 'action-started',
      atMs,
      action: id,
      description: action.description,
      // Quoted only where someone shows it.
      get commandLine() {
        return commandLine(action.work);
      },
      slot,
      console: action.pool !== undefined && this.#context.graph.pools.get(action.pool).console,
    });
    // What a folder holds is not looked into, so a half-done one would pass for the one of before.
    const { files, graph, log } = this.#context;
    if (action.outputs.some((output) => files.isFolder(graph.files.get(output)))) {
      log.forget(actionKey(graph, action));
    }
    const performance = performOrRestore(this.#context, action, (started) =>
      this.#noteGroup(started, atMs),
    );
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

  /** So that a later kaon can end what we leave should we die. */
  #noteGroup({ groupId, groupStays }: Performance, startedAtMs: number): void {
    if (groupId === undefined || this.#groups.has(groupId)) return;
    if (groupStays === true) this.#groups.add(groupId);
    const noted = this.#context.log.groupStarted({ id: groupId, startedAtMs });
    if (!noted.ok) this.#stateLost = noted.error.reason;
  }

  #nextEnd(): Promise<void> {
    if (this.#ended.length > 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #end({ node, id, performed }: Ended): void {
    const state = this.#states.get(node);
    invariant(state?.kind === 'running', 'what ends was running');
    const groupId = this.#running.get(id)?.groupId;
    if (groupId !== undefined && !this.#groups.has(groupId)) this.#context.log.groupEnded(groupId);
    this.#running.delete(id);
    this.#slots[state.slot] = false;
    this.#leavePool(id);
    const durationMs = this.#context.host.clock.nowMs() - state.startedAtMs;
    const run = { startedAtMs: state.startedAtMs, durationMs };
    if (performed.kind === 'failed') {
      this.#fail(node, id, { durationMs, performed });
      return;
    }
    const action = this.#action(id);
    const settled = settleAction(this.#context, action, run);
    if (settled.kind === 'broken') {
      const output = `${performed.output}${lineBreak(performed.output)}${settled.reason}\n`;
      const exit: Exit = { kind: 'code', code: 0 };
      this.#fail(node, id, { durationMs, performed: { kind: 'failed', exit, output } });
      return;
    }
    if (settled.kind === 'state-lost') this.#stateLost = settled.reason;
    const restored = performed.restored === true;
    if (settled.kind === 'recorded' && !restored && isCacheable(this.#context, action)) {
      this.#kept.push(keepAction(this.#context, action, performed.output));
    }
    this.#ran++;
    this.#become(node, { kind: 'done', how: 'ran' });
    this.#options.listener({
      kind: 'action-finished',
      atMs: this.#context.host.clock.nowMs(),
      action: id,
      description: action.description,
      how: restored ? 'restored' : 'ran',
      changed: settled.kind === 'state-lost' || settled.changed,
      durationMs,
      output: performed.output,
    });
    const text = whyAgain(this.#context, action, settled);
    if (text !== undefined) {
      this.#unrecorded++;
      this.#options.listener({ kind: 'message', text });
    }
    this.#unblock([...this.#release(node)]);
  }

  #fail(
    node: Node,
    id: ActionId,
    how: { readonly durationMs: number; readonly performed: Performed & { kind: 'failed' } },
  ): void {
    const action = this.#action(id);
    removeOutputs(this.#context, action);
    this.#context.log.forget(actionKey(this.#context.graph, action));
    this.#become(node, { kind: 'failed' });
    // What an interrupt ended did not fail.
    if (this.#interruptedBy !== undefined) return;
    this.#failed.push(id);
    this.#options.listener({
      kind: 'action-failed',
      atMs: this.#context.host.clock.nowMs(),
      action: id,
      description: action.description,
      commandLine: commandLine(action.work),
      exit: how.performed.exit,
      durationMs: how.durationMs,
      output: how.performed.output,
    });
  }

  #interrupt(signal: StopSignal): void {
    this.#interruptedBy = signal;
    endChildren(this.#running, signal);
  }

  #tellTotal(): void {
    this.#options.listener({
      kind: 'build-planned',
      total: this.#total,
      ...(this.#estimate.known ? { workLeftMs: Math.max(0, this.#workLeftMs) } : {}),
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
    if (this.#interruptedBy !== undefined) {
      return { ...counts, kind: 'interrupted', signal: this.#interruptedBy };
    }
    if (this.#stateLost !== undefined) {
      return { ...counts, kind: 'state-lost', reason: this.#stateLost };
    }
    return { ...counts, kind: this.#failed.length > 0 ? 'failed' : 'succeeded' };
  }

  #action(id: ActionId): Action {
    return this.#context.graph.actions.get(id);
  }
}

function lineBreak(output: string): string {
  return output === '' || output.endsWith('\n') ? '' : '\n';
}
