import { unreachable } from '../../base/assert.ts';
import { endScript, lastRun, scriptLaunch, scriptRequest } from '../../cargo/script/run-script.ts';
import type { Listener } from '../../events/event.ts';
import { sanitize } from '../../events/sanitize.ts';
import type { BuildInput } from '../../exec/build-context.ts';
import { leaveRedo } from '../../exec/redo/leave-redo.ts';
import { takeRedone } from '../../exec/redo/take-redone.ts';
import { type BuildOutcome, runBuild } from '../../exec/run-build.ts';
import { renderGraphFault } from '../../exec/why/render-why.ts';
import type { Witness } from '../../exec/witness.ts';
import type { Graph } from '../../graph/graph.ts';
import { openActionLog } from '../../store/action-log.ts';
import { type Look, takeLook } from '../../store/no-op-look.ts';
import { removeNoOpProof } from '../../store/no-op-proof.ts';
import { logPath } from '../../store/setup-state.ts';
import { messagesForPeople } from '../cargo/cargo-messages.ts';
import type { MessageFormat } from '../cargo/message-format.ts';
import { refreshRustProject } from '../rust-tools/refresh-rust-project.ts';
import { refuse, refuseFile } from '../say.ts';
import { exitCodes, type Session, signalNumbers } from '../session.ts';
import type { Configured } from '../setup/configured.ts';
import { actionCacheOf, trimActionCache } from './action-cache.ts';
import { type KeptSaid, keptWarnings } from './kept-warnings.ts';
import { leaveProof } from './no-op.ts';
import { upToDate } from './no-op-words.ts';
import { type Reporter, reporterFor } from './reporter-for.ts';
import { type CargoTelling, tellAsCargo } from './tell-as-cargo.ts';
import { openTrace, type Tracer, traced } from './trace-file.ts';
import { withoutRepeats } from './without-repeats.ts';

export interface BuildRequest {
  /** Names of goals, or files relative to the build directory; the default goal when empty. */
  readonly goals: readonly string[];
  /** 0: as many as the make that called us runs, or there are cores. */
  readonly jobs: number;
  /** Failures before nothing new is started; 0: never. */
  readonly keepGoing: number;
  /** No more is started while the load average is higher. */
  readonly maxLoad?: number | undefined;
  /** Commands are shown whole. */
  readonly verbose: boolean;
  /** Nothing is said where nothing was done. */
  readonly quiet?: boolean;
  /** Only failures are told, and what commands say. */
  readonly silent?: boolean;
  /** What crates said that are not made again is said again. */
  readonly repeats?: boolean;
  /** How messages of compilers are told, if not as they come. */
  readonly messages?: Messages | undefined;
  /** A file to write a trace of the build to. */
  readonly trace?: string | undefined;
}

export interface Messages {
  readonly format: MessageFormat;
  /** Where programs read those that are for them. */
  readonly write: (text: string) => void;
}

/** How a build ended; it was told already. */
export interface Built {
  readonly exitCode: number;
  readonly ran: number;
}

export async function buildGraph(
  session: Session,
  { state, graph }: Configured,
  request: BuildRequest,
): Promise<Built> {
  const { host } = session;
  const look = session.looked
    ? takeLook(host.files, state.buildRoot, host.system.processId)
    : undefined;
  return await buildWith(session, {
    place: { state, graph },
    request,
    look,
    leave: (seen, warnings) => leaveProof(session, state, { seen, warnings }),
  });
}

/** What is built, and where: the part of Configured that a build needs. */
interface OpenPlace {
  readonly state: { readonly buildRoot: string };
  readonly graph: Graph;
}

interface BuildWith {
  readonly place: OpenPlace;
  readonly request: BuildRequest;
  readonly look: Look | undefined;
  /** Called at the end when all is up to date; `warnings` are all that its crates have. */
  readonly leave: (seen: Witness, warnings: string) => void;
}

export async function buildWith(session: Session, build: BuildWith): Promise<Built> {
  const { host } = session;
  const { place, request } = build;
  const jobs = request.jobs > 0 ? request.jobs : undefined;
  const tracer = openTrace(host, place.graph, request.trace);
  if (tracer?.ok === false) {
    return { exitCode: refuseFile(session, tracer.error), ran: 0 };
  }
  const input = openInput(session, { ...place, jobs });
  if (typeof input === 'number') return { exitCode: input, ran: 0 };
  try {
    return await buildOpen(session, { ...build, input, jobs, tracer: tracer?.value });
  } finally {
    input.log.close();
  }
}

interface BuildOpen extends BuildWith {
  readonly input: Exclude<ReturnType<typeof openInput>, number>;
  readonly jobs: number | undefined;
  readonly tracer: Tracer | undefined;
}

async function buildOpen(
  session: Session,
  { place, request, look, leave, input, jobs, tracer }: BuildOpen,
): Promise<Built> {
  const { host } = session;
  const { buildRoot } = place.state;
  const { reporter, shown, told } = tellerOf(session, place, request);
  const warnings = keptWarnings(
    host.files,
    { buildRoot, graph: place.graph, goals: request.goals, shown },
    traced(reporter.listener, tracer),
  );
  let outcome: BuildOutcome;
  let seen: Witness | undefined;
  try {
    outcome = await session.interruptible((interrupt) =>
      runBuild({
        ...input,
        goals: request.goals,
        jobs,
        keepGoing: request.keepGoing,
        maxLoad: request.maxLoad,
        listener: warnings.listener,
        interrupt,
        onStale: () => removeNoOpProof(host.files, buildRoot),
        ...(request.goals.length === 0 && {
          ...(look !== undefined && input.knowsAll && { look }),
          onUpToDate: (witness) => {
            seen = witness;
          },
        }),
      }),
    );
  } finally {
    reporter.stop();
    input.log.end();
  }
  if ('ran' in outcome && outcome.ran > 0) {
    if (input.cache !== undefined) trimActionCache(host);
    refreshRustProject(host.files, buildRoot);
  }
  const isOther = warnings.keep();
  told?.end(warnings, outcome.kind === 'succeeded');
  if (
    request.repeats === true &&
    told === undefined &&
    outcome.kind === 'succeeded' &&
    !session.json
  )
    session.terminal.write(sanitize(warnings.unheard(), { colors: session.terminal.color }));
  // What an older proof says of warnings is of no use any more.
  if (isOther && seen?.kind !== 'whole') removeNoOpProof(host.files, buildRoot);
  // Once the log has ended, as its stamps count too.
  else if (seen !== undefined) {
    const all = warnings.all();
    leave(seen, all);
    const changed = seen.kind === 'whole' ? undefined : seen.look;
    const { log } = input;
    // Who builds without node knows nothing of warnings.
    if (all === '')
      leaveRedo({ host, graph: place.graph, log, buildRoot, upToDate, look: changed });
  }
  const ended = howItEnded(session, outcome);
  const fault = tracer?.fault();
  if (fault === undefined) return ended;
  const exitCode = refuseFile(session, fault);
  return { ...ended, exitCode: ended.exitCode === exitCodes.ok ? exitCode : ended.exitCode };
}

/** Who tells how a build goes, in the shape that was asked for. */
function tellerOf(
  session: Session,
  { state: { buildRoot }, graph }: OpenPlace,
  { messages, goals, ...request }: BuildRequest,
): {
  readonly reporter: Reporter;
  readonly shown?: (said: KeptSaid) => string;
  readonly told?: CargoTelling;
} {
  if (messages?.format.kind === 'json') {
    const { format, write } = messages;
    const told = tellAsCargo(session, { buildRoot, graph, goals, format, write });
    return { reporter: { listener: told.listener, stop: () => undefined }, told };
  }
  const reporter = reporterFor(session, { ...request, buildRoot, graph });
  const isShort = messages?.format.kind === 'short';
  const shown = isShort ? inShort : withoutRepeats();
  const listener: Listener = (event) => {
    const isSaid = event.kind === 'action-finished' || event.kind === 'action-failed';
    // With an error all is told.
    if (!isSaid || (event.kind === 'action-failed' && !isShort)) reporter.listener(event);
    else {
      const { output: text, diagnostics = '' } = event;
      reporter.listener({ ...event, output: shown({ text, diagnostics }) });
    }
  };
  return { reporter: { ...reporter, listener }, shown };
}

function inShort({ text, diagnostics }: KeptSaid): string {
  return diagnostics === '' ? text : messagesForPeople(diagnostics, 'short');
}

/** What to exit with; says what no event told. */
export function howItEnded(session: Session, outcome: BuildOutcome): Built {
  return { exitCode: exitCodeOf(session, outcome), ran: 'ran' in outcome ? outcome.ran : 0 };
}

function exitCodeOf(session: Session, outcome: BuildOutcome): number {
  switch (outcome.kind) {
    case 'refused':
      return refuse(session, renderGraphFault(outcome.fault));
    case 'state-lost':
      session.terminal.printError(
        `kaon: what was built cannot be remembered (${outcome.reason}); it will be built again`,
      );
      return exitCodes.failed;
    case 'interrupted':
      return 128 + signalNumbers[outcome.signal];
    case 'failed':
      return exitCodes.failed;
    case 'succeeded':
      return exitCodes.ok;
    default:
      return unreachable(outcome);
  }
}

/** What the executor works on. The caller closes its log. A number was told already: what to exit with. */
export function openInput(
  session: Session,
  { state, graph, jobs }: OpenPlace & { readonly jobs?: number | undefined },
): (BuildInput & { readonly knowsAll: boolean }) | number {
  const { host, terminal } = session;
  const { buildRoot } = state;
  const opened = openActionLog(host, logPath(buildRoot));
  if (!opened.ok) return refuseFile(session, opened.error);
  if (opened.value.notice !== undefined) terminal.printError(`kaon: ${opened.value.notice}`);
  const { log } = opened.value;
  const knowsAll = takeRedone({ host, graph, log, place: { buildDirectory: buildRoot } });
  const cache = actionCacheOf(host, buildRoot);
  return {
    host,
    graph,
    log,
    cache,
    buildDirectory: buildRoot,
    knowsAll,
    keepsDiagnostics: ({ rule }) => rule === 'rust_UNIT',
    ownCommand: scriptsOf(session, jobs),
  };
}

/** Build scripts of crates are run by this kaon; the command says it for other tools than kaon. */
function scriptsOf(
  { host, self }: Session,
  jobs: number | undefined,
): NonNullable<BuildInput['ownCommand']> {
  const words = [...self, 'internal', 'build-script'];
  return ({ argv }) => {
    const asked = argv.slice(words.length);
    if (asked.length !== 2) return undefined;
    if (words.some((word, at) => argv[at] !== word)) return undefined;
    const request = scriptRequest(asked);
    const files = new Set(request.consumers.map(({ file }) => file));
    return {
      rewrites: (path) => files.has(path),
      lastRun: () => lastRun(host, request),
      launch: (environment) => scriptLaunch(host, request, { environment, jobs }),
      end: (environment, finished) => endScript(host, request, { environment, finished }),
    };
  };
}
