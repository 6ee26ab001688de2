import type { Event, Listener } from './event.ts';
import {
  type NarrateOptions,
  narrateDiagnostic,
  narrateEnd,
  narrateFailed,
  narrateFinished,
} from './narrate.ts';
import { Progress } from './progress.ts';
import { sanitize } from './sanitize.ts';
import { style } from './style.ts';

/** One line when something ends, for logs and pipes: `[3/12] Compiling C object …`. */
export function plainReporter(
  write: (text: string) => void,
  options: Partial<NarrateOptions> = {},
): Listener {
  const narration: NarrateOptions = { style: style({ colors: false }), ...options };
  const commands = new Map<number, string>();
  const announced = new Set<number>();
  const progress = new Progress();
  const format = narration.asNinja?.status;
  const lineOf = (action: number): string | undefined => {
    const line = commands.get(action);
    return line === '' ? undefined : line;
  };
  const shown = ({ action, description }: { action: number; description: string }): string =>
    sanitize(lineOf(action) ?? description, { colors: false });
  return (event: Event) => {
    progress.take(event);
    switch (event.kind) {
      case 'message':
        write(`${event.text}\n`);
        break;
      case 'diagnostic':
        write(`${narrateDiagnostic(event, narration.style)}\n`);
        break;
      case 'action-started':
        if (narration.verbose === true) commands.set(event.action, event.commandLine);
        // It writes to the terminal itself.
        if (event.console) {
          announced.add(event.action);
          write(`${progress.prefix(format, { about: 'started' })}${shown(event)}\n`);
        }
        break;
      case 'action-finished': {
        // Another part of the build has other actions of these numbers.
        if (announced.delete(event.action) && event.output === '') break;
        const prefix = progress.prefix(format);
        write(narrateFinished(event, { prefix, line: lineOf(event.action) }, narration));
        break;
      }
      case 'action-failed': {
        const wasAnnounced = announced.delete(event.action);
        // Who hides how far it went did not tell how much there is.
        const hidesProgress = progress.total === 0;
        const { asNinja } = narration;
        const what = asNinja === undefined ? event.description : shown(event);
        const line = `${hidesProgress ? '' : progress.prefix(format)}${what}\n`;
        const isSaid = asNinja !== undefined && (wasAnnounced || hidesProgress);
        write(`${isSaid ? '' : line}${narrateFailed(event, narration)}`);
        break;
      }
      case 'build-finished':
        write(`${narrateEnd(event, narration)}\n`);
        break;
      default:
        // Tests have reporters of their own.
        break;
    }
  };
}
