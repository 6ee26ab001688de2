import { posix } from 'node:path';
import type { BuildInput } from '../exec/build-context.ts';
import { type BuildOutcome, runBuild } from '../exec/run-build.ts';
import type { GraphFault } from '../exec/select-actions.ts';
import type { Witness } from '../exec/witness.ts';
import { openActionLog } from '../store/action-log.ts';
import { takeLook } from '../store/no-op-look.ts';
import { removeNoOpProof } from '../store/no-op-proof.ts';
import { logPath } from '../store/setup-state.ts';
import type { Configured } from './configure.ts';
import { leaveProof } from './no-op.ts';
import { reporterFor } from './reporter-for.ts';
import { refuse, refuseFile } from './say.ts';
import { exitCodes, type Session } from './session.ts';

export interface BuildRequest {
  /** Names of goals, or files relative to the build directory; the default goal when empty. */
  readonly goals: readonly string[];
  /** 0: as many as there are cores. */
  readonly jobs: number;
  /** Failures before nothing new is started; 0: never. */
  readonly keepGoing: number;
  /** Commands are shown whole. */
  readonly verbose: boolean;
  /** Nothing is said where nothing was done. */
  readonly quiet?: boolean;
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
  const input = openInput(session, { state, graph });
  if (typeof input === 'number') return { exitCode: input, ran: 0 };
  const buildDirectory = posix.relative(host.system.workingDirectory, state.buildRoot);
  const reporter = reporterFor(session, {
    ...request,
    ...(buildDirectory === '' ? {} : { buildDirectory }),
  });
  let outcome: BuildOutcome;
  let seen: Witness | undefined;
  const look = takeLook(host.files, state.buildRoot, host.system.processId);
  try {
    outcome = await session.interruptible((interrupt) =>
      runBuild({
        ...input,
        goals: request.goals,
        jobs: request.jobs > 0 ? request.jobs : host.system.cores,
        keepGoing: request.keepGoing,
        listener: reporter.listener,
        interrupt,
        onStale: () => removeNoOpProof(host.files, state.buildRoot),
        ...(request.goals.length === 0 && {
          ...(look !== undefined && { look }),
          onUpToDate: (witness) => {
            seen = witness;
          },
        }),
      }),
    );
  } finally {
    reporter.stop();
    input.log.close();
  }
  // Once the log is closed, as its stamps count too.
  if (seen !== undefined) leaveProof(session, state, seen);
  return howItEnded(session, outcome);
}

/** What to exit with; says what no event told. */
export function howItEnded(session: Session, outcome: BuildOutcome): Built {
  switch (outcome.kind) {
    case 'refused':
      return { exitCode: refuse(session, faultMessage(outcome.fault)), ran: 0 };
    case 'state-lost':
      session.terminal.printError(
        `kaon: what was built cannot be remembered (${outcome.reason}); it will be built again`,
      );
      return { exitCode: exitCodes.failed, ran: outcome.ran };
    case 'interrupted':
      return { exitCode: exitCodes.interrupted, ran: outcome.ran };
    case 'failed':
      return { exitCode: exitCodes.failed, ran: outcome.ran };
    case 'succeeded':
      return { exitCode: exitCodes.ok, ran: outcome.ran };
  }
}

/** What the executor works on. The caller closes its log. A number was told already: what to exit with. */
export function openInput(session: Session, { state, graph }: Configured): BuildInput | number {
  const { host, terminal } = session;
  const { buildRoot } = state;
  const opened = openActionLog(host, logPath(buildRoot));
  if (!opened.ok) return refuseFile(session, opened.error);
  if (opened.value.notice !== undefined) terminal.printError(`kaon: ${opened.value.notice}`);
  return { host, graph, log: opened.value.log, buildDirectory: buildRoot };
}

export function faultMessage(fault: GraphFault): string {
  switch (fault.kind) {
    case 'unknown-goal': {
      const hint = fault.similar === undefined ? '' : ` (did you mean \`${fault.similar}\`?)`;
      return `There is nothing to build of the name \`${fault.name}\`${hint}`;
    }
    case 'cycle':
      return `Dependency cycle: ${fault.paths.join(' -> ')}`;
    case 'missing-input':
      return `${fault.path} is missing and nothing makes it; ${fault.neededBy} needs it`;
  }
}
