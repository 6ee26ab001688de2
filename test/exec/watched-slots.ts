import type { ActionCache, ActionResult } from '../../src/cache/action-cache.ts';
import type { Event } from '../../src/events/event.ts';
import type { OwnCommand } from '../../src/exec/build-context.ts';
import { runBuild } from '../../src/exec/run-build.ts';
import type { ActionId, Command } from '../../src/graph/graph.ts';
import type { JobShare } from '../../src/host/host.ts';
import { openActionLog } from '../../src/store/log/action-log.ts';
import type { MemoryHost } from '../support/memory-host.ts';
import { buildDirectory, logPath, tinyGraph } from './tiny-build.ts';

/** How an action is run, and what its line says beside its inputs. */
const flags = {
  plain: '',
  cached: 'depfile',
  alone: 'early',
  copy: 'copy',
  own: '',
  'own-none': '',
  pooled: 'pool=few',
  console: 'console',
} as const;

export type Kind = keyof typeof flags;
export const kinds: readonly Kind[] = [
  'plain',
  'cached',
  'alone',
  'copy',
  'own',
  'own-none',
  'pooled',
  'console',
];

/** The action that makes `oN` from `sN` and the outputs of others. */
export interface Drawn {
  readonly kind: Kind;
  /** Which of those before it, counted back from it. */
  readonly needs: readonly number[];
  readonly fails: boolean;
}

export interface Course {
  readonly actions: readonly Drawn[];
  readonly jobs: number;
  readonly tookMs: number;
  /** Which of those that run end next. */
  readonly picks: readonly number[];
  /** Tokens that others leave us as time goes by; no limit when absent. */
  readonly tokens: readonly number[] | undefined;
}

/** Builds; commands end when told, one or some at a time. Each time it looks who runs and who could: what is wrong of that. */
export async function slotFaults(
  host: MemoryHost,
  course: Course,
  cache: SlowCache,
): Promise<readonly string[]> {
  const { actions, jobs, tookMs, picks, tokens } = course;
  const faults: string[] = [];
  const running = installPrograms(host, course, faults);
  const share = tokensOfOthers();
  const state = { over: new Set<number>(), failed: new Set<number>(), isEnded: false };
  const building = startBuild({ host, course, cache, share, state });
  for (let step = 0; !state.isEnded; step++) {
    if (tokens !== undefined) share.free = (tokens[step % tokens.length] ?? 0) - share.held;
    await quiet(cache);
    const free = [...actions.keys()].filter((at) => couldRun(actions, at, running, state));
    const hasToken = tokens === undefined || running.size === 0 || share.free > 0;
    if (running.size < jobs && hasToken && free.length > 0) {
      faults.push(`${free} could run beside ${[...running.keys()]}`);
    }
    if (faults.length > 0 || running.size === 0) break;
    host.tick(tookMs);
    const pick = picks[step % picks.length] ?? 0;
    for (let ending = 0; ending <= pick % 3 && running.size > 0; ending++) {
      const [at, end] = [...running][pick % running.size] ?? [];
      if (at !== undefined) running.delete(at);
      end?.();
    }
  }
  if (faults.length === 0) await building;
  return faults;
}

/** Until nothing happens any more without us. */
async function quiet(cache: SlowCache): Promise<void> {
  for (let turn = 0; turn < 6; turn++) {
    if (cache.pending() > 0) turn = 0;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

interface State {
  readonly over: Set<number>;
  readonly failed: Set<number>;
  isEnded: boolean;
}

function couldRun(
  actions: readonly Drawn[],
  at: number,
  running: ReadonlyMap<number, unknown>,
  { over, failed }: State,
): boolean {
  const action = actions[at];
  if (action === undefined || over.has(at) || failed.has(at) || running.has(at)) return false;
  if (!needsOf(action, at).every((need) => over.has(need))) return false;
  const isInPool = action.kind === 'pooled' || action.kind === 'console';
  return !isInPool || ![...running.keys()].some((other) => actions[other]?.kind === action.kind);
}

function needsOf({ needs }: Drawn, at: number): readonly number[] {
  return [...new Set(needs.map((back) => at - back).filter((need) => need >= 0))];
}

function graphText(actions: readonly Drawn[]): string {
  return actions
    .map((action, at) => {
      const inputs = [`s${at}`, ...needsOf(action, at).map((need) => `o${need}`)].join(' ');
      const flag = action.kind === 'alone' ? `early=o${at}` : flags[action.kind];
      return `o${at}: ${action.kind} ${inputs} ; ${flag}`;
    })
    .join('\n');
}

/** Programs that end when they are told. Those that run are told by number. */
function installPrograms(
  host: MemoryHost,
  { actions, jobs }: Course,
  faults: string[],
): Map<number, () => void> {
  const running = new Map<number, () => void>();
  for (const kind of kinds) {
    host.program(kind, async (run) => {
      const end = run.argv.indexOf('--');
      const name = run.argv[end - 1] ?? '';
      const at = Number(name.slice(1));
      const ended = new Promise<void>((resolve) => running.set(at, resolve));
      if (running.size > jobs) faults.push(`${running.size} run, with ${jobs} jobs`);
      await ended;
      const inputs = run.argv.slice(end + 1);
      run.write(name, inputs.map((path) => run.read(path)).join(''));
      if (kind === 'cached') run.write(`${name}.d`, `${name}: ${inputs.join(' ')}\n`);
      return actions[at]?.fails === true ? 1 : 0;
    });
  }
  return running;
}

async function startBuild(parts: {
  readonly host: MemoryHost;
  readonly course: Course;
  readonly cache: SlowCache;
  readonly share: JobShare;
  readonly state: State;
}): Promise<void> {
  const { host, course, cache, share, state } = parts;
  const { actions, jobs, tokens } = course;
  const graph = tinyGraph(graphText(actions));
  const numberOf = (id: ActionId): number =>
    Number(graph.actions.get(id).description.replace('Making o', ''));
  const listener = (event: Event): void => {
    if (event.kind === 'action-finished') state.over.add(numberOf(event.action));
    if (event.kind === 'action-failed') state.failed.add(numberOf(event.action));
  };
  const sharing = tokens === undefined ? {} : { shareJobs: () => share };
  const processes = Object.assign(host.processes, sharing);
  const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  host.files.makeDirectory(`${buildDirectory}/meson-private`);
  const opened = openActionLog(host, logPath);
  if (!opened.ok) throw new Error(opened.error.reason);
  const { log } = opened.value;
  const rest = { graph, log, buildDirectory, cache: cache.cache, goals: [], jobs, keepGoing: 0 };
  const world = { ...host, processes, clock: { ...host.clock, pause } };
  await runBuild({ ...rest, host: world, listener, ownCommand: (work) => ownCommand(host, work) });
  state.isEnded = true;
  log.close();
}

/** `own` starts a process, `own-none` does not. */
function ownCommand(host: MemoryHost, { argv }: Command): OwnCommand | undefined {
  const [kind, output = ''] = argv;
  if (kind !== 'own' && kind !== 'own-none') return undefined;
  return {
    launch: (environment) =>
      kind === 'own' ? { argv, environment, workingDirectory: buildDirectory } : undefined,
    end: (_, finished) => {
      if (kind === 'own-none') host.write(output, 'made');
      const { kind: how, ...ended } = finished?.ended ?? { kind: 'exited', code: 0 };
      return { isDone: how === 'exited' && 'code' in ended && ended.code === 0, shown: '' };
    },
  };
}

/** Tokens of a make that others take from, too. */
function tokensOfOthers() {
  const share = {
    free: 0,
    held: 0,
    environment: {},
    take: (): boolean => {
      if (share.free <= 0) return false;
      share.free--;
      share.held++;
      return true;
    },
    give: (): void => {
      share.free++;
      share.held--;
    },
    close: (): void => undefined,
  };
  return share;
}

export interface SlowCache {
  readonly cache: ActionCache;
  /** Who waits for an answer. */
  readonly pending: () => number;
}

/** A cache in memory; each answer takes its time. */
export function slowCache(host: MemoryHost): SlowCache {
  const results = new Map<string, ActionResult>();
  const contents = new Map<string, string>();
  let pending = 0;
  const slowly = async <T>(answer: () => T): Promise<T> => {
    pending++;
    await new Promise((resolve) => setImmediate(resolve));
    pending--;
    return answer();
  };
  const cache: ActionCache = {
    result: ({ hash }) => slowly(() => results.get(hash)),
    remember: ({ hash }, result) => slowly(() => void results.set(hash, result)),
    takeIn: ({ hash }, path) => slowly(() => contents.set(hash, host.read(path)) !== undefined),
    giveOut: ({ digest }, path) =>
      slowly(() => {
        host.write(path, contents.get(digest.hash) ?? '');
        return contents.has(digest.hash);
      }),
  };
  return { cache, pending: () => pending };
}
