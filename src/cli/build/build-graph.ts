import { unreachable } from '../../base/assert.ts';
import type { Listener } from '../../events/event.ts';
import { sanitize } from '../../events/sanitize.ts';
import { leaveRedo } from '../../exec/redo/leave-redo.ts';
import { type BuildOutcome, runBuild } from '../../exec/run-build.ts';
import { renderGraphFault } from '../../exec/why/render-why.ts';
import type { Witness } from '../../exec/witness.ts';
import { type Look, takeLook } from '../../store/no-op/no-op-look.ts';
import { removeNoOpProof } from '../../store/no-op/no-op-proof.ts';
import { missingSource } from '../cargo/missing-source.ts';
import { refreshRustProject } from '../rust-tools/refresh-rust-project.ts';
import { exitCodes, type Session, signalNumbers } from '../session.ts';
import type { Configured } from '../setup/configured.ts';
import { refuse, refuseDiagnostic, refuseFile } from '../terminal/refuse.ts';
import { trimActionCache } from './action-cache.ts';
import type { BuildRequest } from './build-request.ts';
import { toldBreakage } from './future-breakage.ts';
import { keptWarnings } from './kept-warnings.ts';
import { leaveProof } from './no-op.ts';
import { upToDate } from './no-op-words.ts';
import { type OpenPlace, openInput } from './open-input.ts';
import { tellerFor } from './teller-for.ts';
import { openTrace, type Tracer, traced } from './trace-file.ts';

/** How a build ended; it was told already. */
export interface Built {
  readonly exitCode: number;
  readonly ran: number;
}

/**
 * Builds in an opened build directory and tells how it goes; at the end, if all is up to date, the
 * proof of it is left.
 */
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

interface BuildWith {
  readonly place: OpenPlace;
  readonly request: BuildRequest;
  readonly look: Look | undefined;
  /** Called at the end when all is up to date; `warnings` are all that its crates have. */
  readonly leave: (seen: Witness, warnings: string) => void;
}

/** The same for who knows already what changed, and leaves a proof of his own. */
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

async function buildOpen(session: Session, build: BuildOpen): Promise<Built> {
  const { place, request, leave, input, tracer } = build;
  const { host } = session;
  const { buildRoot } = place.state;
  const { reporter, shown, told } = tellerFor(session, place, request);
  const warnings = keptWarnings(
    host.files,
    { buildRoot, graph: place.graph, goals: request.goals, shown },
    traced(reporter.listener, tracer),
  );
  let ran: Ran;
  try {
    ran = await runOpen(session, build, warnings.listener);
  } finally {
    reporter.stop();
    input.log.end();
  }
  const { outcome, seen } = ran;
  if ('ran' in outcome && outcome.ran > 0) {
    if (input.cache !== undefined) trimActionCache(host);
    refreshRustProject(host.files, buildRoot);
  }
  const isOther = warnings.keep();
  const succeeded = outcome.kind === 'succeeded';
  const note = (whole: boolean): string =>
    request.silent === true ? '' : toldBreakage(warnings.breakage(), whole);
  told?.end(warnings, succeeded);
  if (told === undefined && succeeded && !session.json) {
    const { repeats = false, futureReport = false } = request;
    const text = `${repeats ? warnings.unheard() : ''}${repeats || futureReport ? note(futureReport) : ''}`;
    session.terminal.write(sanitize(text, { colors: session.terminal.color }));
  }
  // What an older proof says of warnings is of no use any more.
  if (isOther && seen?.kind !== 'whole') removeNoOpProof(host.files, buildRoot);
  // Once the log has ended, as its stamps count too.
  else if (seen !== undefined)
    leaveWord(place, { seen, leave, input, warnings: warnings.all() + note(false) });
  const ended = endedAt(session, buildRoot, outcome);
  const fault = tracer?.fault();
  if (fault === undefined) return ended;
  const exitCode = refuseFile(session, fault);
  return { ...ended, exitCode: ended.exitCode === exitCodes.ok ? exitCode : ended.exitCode };
}

interface Ran {
  readonly outcome: BuildOutcome;
  /** What a proof may be made of; nothing where not all is up to date. */
  readonly seen: Witness | undefined;
}

/** Runs the actions, until all are done or the user ends it. */
async function runOpen(
  session: Session,
  { place, request, look, input, jobs }: BuildOpen,
  listener: Listener,
): Promise<Ran> {
  const { files } = session.host;
  let seen: Witness | undefined;
  const outcome = await session.interruptible((interrupt) =>
    runBuild({
      ...input,
      goals: request.goals,
      jobs,
      keepGoing: request.keepGoing,
      maxLoad: request.maxLoad,
      listener,
      interrupt,
      onStale: () => removeNoOpProof(files, place.state.buildRoot),
      ...(request.goals.length === 0 && {
        ...(look !== undefined && input.knowsAll && { look }),
        onUpToDate: (witness) => {
          seen = witness;
        },
      }),
    }),
  );
  return { outcome, seen };
}

/** How it ended, where a source that is missing is told at the line that names it. */
function endedAt(session: Session, buildRoot: string, outcome: BuildOutcome): Built {
  const missing =
    outcome.kind === 'refused'
      ? missingSource(session.host.files, buildRoot, outcome.fault)
      : undefined;
  return missing === undefined
    ? howItEnded(session, outcome)
    : { exitCode: refuseDiagnostic(session, missing), ran: 0 };
}

/** For those who build next, without us or without node. */
function leaveWord(
  { state: { buildRoot }, graph }: OpenPlace,
  {
    seen,
    leave,
    input: { host, log },
    warnings,
  }: Pick<BuildOpen, 'leave' | 'input'> & { readonly seen: Witness; readonly warnings: string },
): void {
  leave(seen, warnings);
  const look = seen.kind === 'whole' ? undefined : seen.look;
  // Who builds without node knows nothing of warnings.
  if (warnings === '') leaveRedo({ host, graph, log, buildRoot, upToDate, look });
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
