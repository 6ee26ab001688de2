import { signalNumber } from '../../base/signals.ts';
import type { Exit, Listener } from '../../events/event.ts';
import { unknownPlaceholder } from '../../events/progress.ts';
import type { BuildInput } from '../../exec/build-context.ts';
import { actionKey } from '../../exec/command-text.ts';
import { runBuild } from '../../exec/run-build.ts';
import type { ActionId, Work } from '../../graph/graph.ts';
import { type Built, howItEnded } from '../build/build-graph.ts';
import { reporterFor } from '../build/reporter-for.ts';
import { passedOn, type Session } from '../session.ts';
import { faultInNinjasWords, refuseAsNinja } from './say.ts';
import type { NinjaRequest } from './words.ts';

/** Builds goals of a graph, whoever made it; adds what it ran to `ran`. */
export async function runGoals(
  session: Session,
  input: BuildInput & { readonly ran?: Set<string> },
  { jobs, keepGoing, keeps, maxLoad, verbose, quiet }: NinjaRequest,
  goals: readonly string[],
): Promise<Built> {
  const { graph } = input;
  const status = session.host.system.environment['NINJA_STATUS'];
  const unknown = status === undefined ? undefined : unknownPlaceholder(status);
  if (unknown !== undefined) {
    const fault = `unknown placeholder '${unknown}' in $NINJA_STATUS`;
    return { exitCode: refuseAsNinja(session, fault), ran: 0 };
  }
  const asNinja = {
    status,
    keepGoing,
    quiet,
    outputs: (id: number) =>
      graph.actions.get(id as ActionId).outputs.map((file) => graph.files.get(file)), // an event's action is a row
  };
  const reporter = reporterFor(session, { verbose, quiet: true, asNinja });
  let failedWith: number | undefined;
  const listener: Listener = (event) => {
    if (event.kind === 'action-finished')
      input.ran?.add(actionKey(graph, graph.actions.get(event.action)));
    if (event.kind === 'action-failed') failedWith = codeOf(event.exit) ?? failedWith;
    reporter.listener(event);
  };
  try {
    const outcome = await session.interruptible((interrupt) =>
      runBuild({
        ...input,
        goals,
        jobs: jobs > 0 ? jobs : undefined,
        keepGoing,
        keeps: { ...input.keeps, ...keeps },
        maxLoad,
        listener: withShellLines(input, verbose, listener),
        interrupt,
      }),
    );
    reporter.stop();
    if (outcome.kind === 'failed' && failedWith !== undefined)
      return { exitCode: passedOn(failedWith), ran: outcome.ran };
    if (outcome.kind !== 'refused') return howItEnded(session, outcome);
    return { exitCode: refuseAsNinja(session, faultInNinjasWords(outcome.fault)), ran: 0 };
  } finally {
    reporter.stop();
  }
}

/** Ninja ends as the last command that failed did. */
function codeOf(exit: Exit): number | undefined {
  switch (exit.kind) {
    case 'code':
      return exit.code === 0 ? undefined : exit.code;
    case 'signal':
      return 128 + signalNumber(exit.signal);
    default:
      return undefined;
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
    if (!shown) return listener(event);
    const { work } = graph.actions.get(event.action as ActionId); // an event's action is a row
    const line = shellLine(work);
    listener(line === undefined ? event : { ...event, commandLine: line });
  };
}

/** A command of a manifest as it stands there. */
export function shellLine(work: Work): string | undefined {
  const [shell, option, line, ...more] = work.kind === 'command' ? work.argv : [];
  const isLine = shell === '/bin/sh' && option === '-c' && more.length === 0;
  return isLine ? line : undefined;
}
