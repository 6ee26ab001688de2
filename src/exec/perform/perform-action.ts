import { posix } from 'node:path';
import { invariant, unreachable } from '../../base/assert.ts';
import type { Environment } from '../../base/environment.ts';
import { ok, type Result } from '../../base/result.ts';
import type { Exit } from '../../events/event.ts';
import type { Action, Command, Work } from '../../graph/graph.ts';
import type { Child, Ended, FileFault, Finished, SpawnLaunch } from '../../host/host.ts';
import { type BuildContext, environmentOf, type OwnCommand, speaksJson } from '../build-context.ts';
import { graphPath, hostPath } from '../build-place.ts';
import { withoutIncludes } from '../inputs/include-lines.ts';
import { rustcMessages, speakingJson } from '../inputs/rustc-messages.ts';
import { whyStale } from '../why/why-stale.ts';
import { argumentsOf, asksForTokens, inheritsTokens } from './command-line.ts';
import { writeInterface } from './shared-library-interface.ts';

/** How the work of an action ended. */
export type Performed =
  | {
      readonly kind: 'succeeded';
      readonly output: string;
      /** The same as rustc writes it for programs, a line each. */
      readonly diagnostics?: string | undefined;
      /** What lines of its output named as read, as they spelled it. */
      readonly read?: readonly string[] | undefined;
      /** How long it took, where that is known better than from outside. */
      readonly tookMs?: number | undefined;
      /** It asks to run in the next build, too. */
      readonly again?: boolean | undefined;
      /** Nothing was run: it came from the cache. */
      readonly restored?: true;
    }
  | {
      readonly kind: 'failed';
      readonly exit: Exit;
      readonly output: string;
      readonly diagnostics?: string | undefined;
      readonly tookMs?: number | undefined;
    }
  /** Its turn never came. */
  | { readonly kind: 'taken-back' };

/** It did its work, or the cache had it. */
export type Succeeded = Extract<Performed, { readonly kind: 'succeeded' }>;
/** It ended in another way than well, or could not be started. */
export type Failed = Extract<Performed, { readonly kind: 'failed' }>;

/** How an action is to be worked on. */
export interface WorkOptions {
  /** Told of outputs that are ready before its end. */
  readonly ready: (path: string) => void;
  /** How many may run in turn when it starts; absent where it has no turn. */
  readonly limit: (() => number) | undefined;
  /** What it said last, where it is not to be run but to write that down once more. */
  readonly last?: Finished | undefined;
}

/** Work under way. */
export interface Performance {
  readonly done: Promise<Performed>;
  /** The process group of its command. */
  readonly groupId?: number | undefined;
  /** Later commands will be in that group too. */
  readonly groupStays?: boolean | undefined;
  /** It waits in its turn, or runs in it. */
  readonly inTurn?: boolean | undefined;
  kill(signal: Parameters<Child['kill']>[0]): void;
}

/** Starts an action's work; folders of its outputs are made and what must go first is removed. */
export function performAction(
  context: BuildContext,
  action: Action,
  options: WorkOptions,
): Performance {
  const { work } = action;
  const { last } = options;
  const own = work.kind === 'command' ? context.ownCommand?.(work) : undefined;
  const prepared = prepare(context, action);
  if (!prepared.ok) return failedAtOnce(prepared.error);
  if (own !== undefined && work.kind === 'command') {
    const environment = environmentOf(context, action);
    if (last !== undefined)
      return { done: Promise.resolve(ended(own, environment, last)), kill: () => undefined };
    return startOwn(context, own, { environment, work, limit: options.limit });
  }
  if (work.kind === 'command') return startCommand(context, { action, work }, options);
  return { done: performInProcess(context, work), kill: () => undefined };
}

function prepare(context: BuildContext, action: Action): Result<void, FileFault> {
  const { host, graph, place } = context;
  const paths = action.outputs.map((id) => hostPath(place, graph.files.get(id)));
  if (action.depfile !== undefined) {
    const depfile = hostPath(place, action.depfile.path);
    // One of an earlier run would speak of other inputs.
    const removed = host.files.remove(depfile);
    if (!removed.ok) return removed;
    paths.push(depfile);
  }
  const { response, given } = action.work.kind === 'command' ? action.work : {};
  for (const file of [response, given]) {
    if (file !== undefined) paths.push(hostPath(place, file.path));
  }
  for (const folder of new Set(paths.map((path) => posix.dirname(path)))) {
    if (context.files.hasFolder(folder)) continue;
    const made = host.files.makeDirectory(folder);
    if (!made.ok) return made;
  }
  if (action.removeOutputsFirst) {
    for (const output of action.outputs) {
      const removed = host.files.remove(hostPath(place, graph.files.get(output)));
      if (!removed.ok) return removed;
    }
  }
  return ok(undefined);
}

function startCommand(
  context: BuildContext,
  { action, work }: { readonly action: Action; readonly work: Command },
  { ready, limit }: WorkOptions,
): Performance {
  const { host, graph, place, commands } = context;
  const artifacts = action.earlyOutputs.length > 0;
  const breakage = action.tellsBreakage === true;
  const speaking = speaksJson(context, action)
    ? speakingJson(work.argv, { artifacts, breakage })
    : undefined;
  const messages = speaking && rustcMessages((path) => ready(graphPath(place, path, work.cwd)));
  const { argv, file } = argumentsOf(speaking ? { ...work, argv: speaking } : work);
  for (const each of [file, work.given]) {
    const written = each && host.files.write(hostPath(place, each.path), each.content);
    if (written?.ok === false) return failedAtOnce(written.error);
  }
  const tokens = withTokens(context, environmentOf(context, action), work);
  const terminal = action.pool !== undefined && graph.pools.get(action.pool).console;
  const launch: SpawnLaunch = {
    argv: [...tokens.starter, ...argv],
    workingDirectory: work.cwd === undefined ? place.buildDirectory : hostPath(place, work.cwd),
    environment: tokens.environment,
    ...(messages === undefined ? { mergeOutput: true } : { onErrorLine: messages.line }),
    ...(terminal ? { terminal } : {}),
    ...(work.stdin === undefined ? {} : { stdinFile: hostPath(place, work.stdin) }),
    ...(work.stdout === undefined ? {} : { stdoutFile: hostPath(place, work.stdout) }),
  };
  const inTurn = limit && commands.spawnInTurn?.(launch, limit());
  const child = inTurn ?? commands.spawn(launch);
  const done = child.done.then(({ ended, stdout, stderr, tookMs, takenBack }): Performed => {
    if (takenBack === true) return { kind: 'taken-back' };
    const said = stdout + (messages === undefined ? stderr : messages.text());
    const { read, output } = withoutIncludes(said, action.includeLines);
    const exit = exitOf(ended);
    const diagnostics = messages?.diagnostics();
    if (exit.kind !== 'code' || exit.code !== 0)
      return { kind: 'failed', exit, output, diagnostics, tookMs };
    const gone = [file, context.keeps?.given === true ? undefined : work.given];
    for (const each of gone) if (each !== undefined) host.files.remove(hostPath(place, each.path));
    return { kind: 'succeeded', output, diagnostics, read, tookMs };
  });
  const kill: Performance['kill'] = (signal) => child.kill(signal);
  return { ...groupOf(child), done, kill, inTurn: inTurn !== undefined };
}

interface OwnStart extends Pick<WorkOptions, 'limit'> {
  readonly environment: Environment;
  readonly work: Command;
}

/** Does what a command of kaon's own would do; only what that starts is a process. */
function startOwn(
  context: BuildContext,
  own: OwnCommand,
  { environment, work, limit }: OwnStart,
): Performance {
  const { commands } = context;
  const told = asksForTokens(work.argv) ? context.jobShare?.inherited : undefined;
  const started = own.launch(
    told === undefined
      ? withTokens(context, environment, work).environment
      : { ...environment, ...told.forScripts },
  );
  const end = (finished?: Finished): Performed => ended(own, environment, finished);
  if (started === undefined) return { done: Promise.resolve(end()), kill: () => undefined };
  // Its outputs are told apart.
  const argv = [...(told?.starter ?? []), ...started.argv];
  const launch: SpawnLaunch = { ...started, argv, onErrorLine: () => {} };
  const inTurn = limit && commands.spawnInTurn?.(launch, limit());
  const child = inTurn ?? commands.spawn(launch);
  const done = child.done.then(end);
  const kill: Performance['kill'] = (signal) => child.kill(signal);
  return { ...groupOf(child), done, kill, inTurn: inTurn !== undefined };
}

/** What a command said last, where it lacks nothing but outputs that it can write from that. */
export function lastRunOf(context: BuildContext, action: Action): Finished | undefined {
  if (action.work.kind !== 'command') return undefined;
  const { rewrites, lastRun } = context.ownCommand?.(action.work) ?? {};
  if (rewrites === undefined) return undefined;
  const skipOutput = (path: string): boolean => rewrites(hostPath(context.place, path));
  const stands = whyStale(context, action, { skipOutput }) === undefined;
  return stands ? lastRun?.() : undefined;
}

function ended(own: OwnCommand, environment: Environment, finished?: Finished): Performed {
  if (finished?.takenBack === true) return { kind: 'taken-back' };
  const { isDone, shown, again } = own.end(environment, finished);
  const tookMs = finished?.tookMs;
  return isDone
    ? { kind: 'succeeded', output: shown, tookMs, again }
    : { kind: 'failed', exit: { kind: 'code', code: 1 }, output: shown, tookMs };
}

function groupOf({ groupId, groupStays }: Child): Pick<Performance, 'groupId' | 'groupStays'> {
  return groupId === undefined ? {} : { groupId, groupStays: groupStays === true };
}

/** Tools that run several processes or threads ask for a token for each, where they are told whom. */
function withTokens(
  { jobShare }: BuildContext,
  environment: Environment,
  { argv }: Command,
): { readonly starter: readonly string[]; readonly environment: Environment } {
  // Whoever asks for nothing gets the very same, which is known to be.
  if (jobShare === undefined || !asksForTokens(argv)) return { starter: [], environment };
  const told = inheritsTokens(argv) ? jobShare.inherited : undefined;
  const { starter, environment: added } = told ?? {
    starter: [],
    environment: jobShare.environment,
  };
  return { starter, environment: { ...environment, ...added } };
}

function exitOf(ended: Ended): Exit {
  switch (ended.kind) {
    case 'exited':
      return { kind: 'code', code: ended.code };
    case 'killed':
      return { kind: 'signal', signal: ended.signal };
    case 'not-started':
      return { kind: 'not-started', reason: ended.reason };
    case 'timed-out':
      return { kind: 'timeout', afterMs: 0 };
    default:
      return unreachable(ended);
  }
}

async function performInProcess(
  context: BuildContext,
  work: Exclude<Work, Command>,
): Promise<Performed> {
  const result = await inProcess(context, work);
  return result.ok ? { kind: 'succeeded', output: '' } : failure(result.error);
}

function inProcess(
  context: BuildContext,
  work: Exclude<Work, Command>,
): Result<void, FileFault> | Promise<Result<void, FileFault>> {
  const { files } = context.host;
  const at = (path: string): string => hostPath(context.place, path);
  switch (work.kind) {
    case 'copy': {
      // A link or a read-only file at the place would get in the way.
      const removed = files.remove(at(work.to));
      if (work.linked === true && files.link?.(at(work.from), at(work.to)).ok === true)
        return ok(undefined);
      const copied = removed.ok ? files.copy(at(work.from), at(work.to)) : removed;
      return copied.ok ? files.copyTime(at(work.from), at(work.to)) : copied;
    }
    case 'symlink': {
      const removed = files.remove(at(work.path));
      return removed.ok ? files.symlink(work.target, at(work.path)) : removed;
    }
    case 'write':
      return files.replace(at(work.path), work.content);
    case 'symbols':
      return writeInterface(context, work);
    default:
      return unreachable(work);
  }
}

function failedAtOnce(fault: FileFault): Performance {
  return { done: Promise.resolve(failure(fault)), kill: () => undefined };
}

function failure({ path, reason }: FileFault): Performed {
  invariant(reason !== '', 'a fault says why');
  const exit: Exit = { kind: 'not-started', reason: `${path}: ${reason}` };
  return { kind: 'failed', exit, output: '' };
}
