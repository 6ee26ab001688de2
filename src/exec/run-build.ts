import type { Result } from '../base/result.ts';
import type { Listener } from '../events/event.ts';
import { usualActions } from '../graph/graph.ts';
import type { Look } from '../store/no-op/no-op-look.ts';
import { type BuildContext, type BuildInput, buildContext } from './build-context.ts';
import { BuildRun } from './build-run.ts';
import { endOrphans } from './end-orphans.ts';
import { type NotedFolders, type NoteFolders, noteFolders } from './inputs/note-folders.ts';
import {
  actionOf,
  type GraphFault,
  type Node,
  type Selection,
  selectActions,
  selectNodes,
} from './order/select-actions.ts';
import { type BuildPlan, planBuild } from './plan-build.ts';
import type { RunOutcome } from './run-outcome.ts';
import { readsMore, type SinceLook, sinceLook } from './since-look.ts';
import { type Witness, witness } from './witness.ts';

/** What is built, how many commands run at once, and who hears of it. */
export interface BuildOptions extends BuildInput {
  /** Names of goals, or paths of files that are made; `all` when there are none. */
  readonly goals: readonly string[];
  /** How many actions run at once; when absent as many as the make that called us runs, or there are cores. */
  readonly jobs?: number | undefined;
  /** After how many failures nothing new is started; 0 for never. 1 unless told. */
  readonly keepGoing?: number;
  /** No more is started while the load average is higher; no limit when absent. */
  readonly maxLoad?: number | undefined;
  readonly listener: Listener;
  /** Ends the build when aborted; its reason is the signal to pass on. */
  readonly interrupt?: AbortSignal;
  /** What changed since all was up to date; found out anew when absent. For the default goal alone. */
  readonly look?: Look;
  /** Called before anything is run. */
  readonly onStale?: () => void;
  /** Called at the end when all is up to date, and when that can be told without asking us again. */
  readonly onUpToDate?: (witness: Witness) => void;
}

/** How a build ended. */
export type BuildOutcome =
  | RunOutcome
  /** Nothing was started, as the graph or what was asked for is at fault. */
  | { readonly kind: 'refused'; readonly fault: GraphFault };

/** Builds what is not fresh among what the goals need. The log is flushed, and still open. */
export async function runBuild(options: BuildOptions): Promise<BuildOutcome> {
  const { host, listener, log } = options;
  if (options.graph.actions.size > usualActions) host.spareMemory?.();
  const since = options.look && sinceLook(options, options.look);
  // With one job, too: whoever is told of none takes the whole machine, as rustc does.
  const usual = options.jobs ?? host.system.cores;
  const jobShare = host.processes.shareJobs?.({ jobs: Math.max(1, usual) });
  const jobs = options.jobs ?? jobShare?.most ?? usual;
  const context = buildContext(
    { ...options, jobShare },
    since && { actions: since.affected, unchanged: since.unchanged },
  );
  const startedAtMs = host.clock.nowMs();
  const startedAt = host.clock.monotonicMs();
  listener({ kind: 'build-started', atMs: startedAtMs, jobs });
  await endOrphans(context);
  const plan = since ? planNodes(context, [...since.affected]) : planGoals(context, options.goals);
  if (!plan.ok) {
    jobShare?.close();
    return { kind: 'refused', fault: plan.error };
  }
  const run = new BuildRun(context, plan.value, {
    jobs: Math.max(1, jobs),
    keepGoing: options.keepGoing ?? 1,
    maxLoad: options.maxLoad,
    listener,
    interrupt: options.interrupt,
  });
  const { pending } = plan.value;
  if (pending.size > 0) options.onStale?.();
  let outcome = await run.run();
  jobShare?.close();
  const flushed = log.flush();
  if (!flushed.ok && outcome.kind !== 'state-lost') {
    outcome = { ...outcome, kind: 'state-lost', reason: flushed.error.reason };
  }
  listener({
    kind: 'build-finished',
    atMs: host.clock.nowMs(),
    durationMs: host.clock.monotonicMs() - startedAt,
    ran: outcome.ran,
    fresh: outcome.fresh,
    failed: outcome.failed.length,
    skipped: outcome.skipped,
    interrupted: outcome.kind === 'interrupted',
  });
  await noteForNext(context, options, { since, plan: plan.value, startedAtMs, outcome });
  return outcome;
}

/** Notes what spares the next build to find out anew. */
async function noteForNext(
  context: BuildContext,
  { goals, onUpToDate }: Pick<BuildOptions, 'goals' | 'onUpToDate'>,
  built: {
    readonly since: SinceLook | undefined;
    readonly plan: BuildPlan;
    readonly startedAtMs: number;
    readonly outcome: RunOutcome;
  },
): Promise<void> {
  const { since, plan, startedAtMs, outcome } = built;
  const { selection, failedBefore } = plan;
  const { kind, ran, unrecorded, skipped } = outcome;
  const isWhole =
    kind === 'succeeded' && unrecorded === 0 && skipped === 0 && failedBefore.size === 0;
  const noted = noteFoldersOf(
    context,
    { since, selection, startedAtMs },
    {
      hasRun: ran > 0,
      isDone: isWhole && since === undefined,
      isWhole: goals.every((goal) => goal === 'all'),
    },
  );
  // A proof has all the folders, or none are to be had.
  if (!isWhole || (since !== undefined && noted?.more === true)) return;
  const { listed } = noted ?? {};
  const seen = onUpToDate && (await witness(context, selection, { since, listed }));
  if (seen !== undefined && context.log.flush().ok) onUpToDate?.(seen);
}

function noteFoldersOf(
  context: BuildContext,
  built: {
    readonly since: SinceLook | undefined;
    readonly selection: Selection;
    readonly startedAtMs: number;
  },
  how: Pick<NoteFolders, 'hasRun' | 'isDone' | 'isWhole'>,
): NotedFolders | undefined {
  const { since, selection, startedAtMs } = built;
  if (since !== undefined && !readsMore(context, since)) return undefined;
  const actions = selection.order.flatMap((node) => actionOf(selection, node) ?? []);
  return noteFolders(context, { actions, startedAtMs, ...how });
}

function planNodes(context: BuildContext, nodes: readonly Node[]): Result<BuildPlan, GraphFault> {
  const selection = selectNodes(context, nodes);
  return selection.ok ? planBuild(context, selection.value) : selection;
}

/**
 * What is stale among what the goals need, without running any of it: for `kaon why`, and for who
 * builds as ninja does.
 */
export function planGoals(
  context: BuildContext,
  goals: readonly string[],
): Result<BuildPlan, GraphFault> {
  const selection = selectActions(context, goals.length === 0 ? ['all'] : goals);
  return selection.ok ? planBuild(context, selection.value) : selection;
}
