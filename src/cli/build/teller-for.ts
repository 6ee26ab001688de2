import type { Listener } from '../../events/event.ts';
import type { Session } from '../session.ts';
import type { BuildRequest } from './build-request.ts';
import type { KeptSaid } from './kept-warnings.ts';
import type { OpenPlace } from './open-input.ts';
import { type Reporter, reporterFor } from './reporter-for.ts';
import { type CargoTelling, tellAsCargo } from './tell-as-cargo.ts';
import { tellDiagnostics } from './tell-diagnostics.ts';
import { shortWithoutRepeats, withoutRepeats } from './without-repeats.ts';

export interface Teller {
  readonly reporter: Reporter;
  /** How people read what was said earlier; absent where programs are told. */
  readonly shown?: (said: KeptSaid) => string;
  readonly told?: CargoTelling;
}

/** Who tells how a build goes, in the shape that was asked for. */
export function tellerFor(
  session: Session,
  { state: { buildRoot }, graph }: OpenPlace,
  { messages, diagnostics, goals, checked, ...request }: BuildRequest,
): Teller {
  if (diagnostics !== undefined) {
    const told = tellDiagnostics({ graph, goals }, diagnostics);
    return { reporter: { listener: told.listener, stop: () => undefined }, told };
  }
  if (messages?.format.kind === 'json') {
    const { format, write } = messages;
    const told = tellAsCargo(session, { buildRoot, graph, goals, format, write, checked });
    return { reporter: { listener: told.listener, stop: () => undefined }, told };
  }
  const reporter = reporterFor(session, { ...request, buildRoot, graph });
  const isShort = messages?.format.kind === 'short';
  const shown = isShort ? shortWithoutRepeats() : withoutRepeats();
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
