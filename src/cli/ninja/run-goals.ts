import type { BuildInput } from '../../exec/build-context.ts';
import { runBuild } from '../../exec/run-build.ts';
import { type Built, howItEnded } from '../build-graph.ts';
import { reporterFor } from '../reporter-for.ts';
import type { Session } from '../session.ts';
import type { NinjaRequest } from './words.ts';

/** Builds goals of a graph, whoever made it. */
export async function runGoals(
  session: Session,
  input: BuildInput,
  { jobs, keepGoing, maxLoad, verbose }: NinjaRequest,
  goals: readonly string[],
): Promise<Built> {
  const reporter = reporterFor(session, { verbose, quiet: true });
  try {
    const outcome = await session.interruptible((interrupt) =>
      runBuild({
        ...input,
        goals,
        jobs: jobs > 0 ? jobs : session.host.system.cores,
        keepGoing,
        maxLoad,
        listener: reporter.listener,
        interrupt,
      }),
    );
    reporter.stop();
    return howItEnded(session, outcome);
  } finally {
    reporter.stop();
  }
}
