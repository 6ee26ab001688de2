import type { Listener } from '../../events/event.ts';
import type { BuildInput } from '../../exec/build-context.ts';
import { runBuild } from '../../exec/run-build.ts';
import type { ActionId } from '../../graph/graph.ts';
import { type Built, howItEnded } from '../build/build-graph.ts';
import { reporterFor } from '../build/reporter-for.ts';
import type { Session } from '../session.ts';
import { faultInNinjasWords, refuseAsNinja } from './say.ts';
import type { NinjaRequest } from './words.ts';

/** Builds goals of a graph, whoever made it. */
export async function runGoals(
  session: Session,
  input: BuildInput,
  { jobs, keepGoing, keeps, maxLoad, verbose, quiet }: NinjaRequest,
  goals: readonly string[],
): Promise<Built> {
  const { graph } = input;
  const asNinja = {
    keepGoing,
    quiet,
    outputs: (id: number) =>
      graph.actions.get(id as ActionId).outputs.map((file) => graph.files.get(file)), // an event's action is a row
  };
  const reporter = reporterFor(session, { verbose, quiet: true, asNinja });
  try {
    const outcome = await session.interruptible((interrupt) =>
      runBuild({
        ...input,
        goals,
        jobs: jobs > 0 ? jobs : session.host.system.cores,
        keepGoing,
        keeps: { ...input.keeps, ...keeps },
        maxLoad,
        listener: withShellLines(input, verbose, reporter.listener),
        interrupt,
      }),
    );
    reporter.stop();
    if (outcome.kind !== 'refused') return howItEnded(session, outcome);
    return { exitCode: refuseAsNinja(session, faultInNinjasWords(outcome.fault)), ran: 0 };
  } finally {
    reporter.stop();
  }
}

/** Commands of a manifest are lines for a shell: shown as they stand there. */
function withShellLines(
  { graph }: Pick<BuildInput, 'graph'>,
  verbose: boolean,
  listener: Listener,
): Listener {
  return (event) => {
    const shown = event.kind === 'action-failed' || (verbose && event.kind === 'action-started');
    const { work } = shown ? graph.actions.get(event.action as ActionId) : {}; // an event's action is a row
    const [shell, option, line, ...more] = work?.kind === 'command' ? work.argv : [];
    const isLine = shell === '/bin/sh' && option === '-c' && more.length === 0;
    if (!shown || !isLine || line === undefined) listener(event);
    else listener({ ...event, commandLine: line });
  };
}
