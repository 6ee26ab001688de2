import type { Event, Listener } from './event.ts';
import {
  type NarrateOptions,
  narrateDiagnostic,
  narrateEnd,
  narrateFailed,
  narrateFinished,
} from './narrate.ts';
import { style } from './style.ts';

/** One line when something ends, for logs and pipes: `[3/12] Compiling C object …`. */
export function plainReporter(
  write: (text: string) => void,
  options: Partial<NarrateOptions> = {},
): Listener {
  const narration: NarrateOptions = { style: style(false), ...options };
  const commands = new Map<number, string>();
  let total = 0;
  let ended = 0;
  const lineOf = (action: number): string | undefined => {
    const line = commands.get(action);
    return line === '' ? undefined : line;
  };
  return (event: Event) => {
    switch (event.kind) {
      case 'message':
        write(`${event.text}\n`);
        break;
      case 'diagnostic':
        write(`${narrateDiagnostic(event, narration.style)}\n`);
        break;
      case 'build-started':
        ended = 0;
        total = 0;
        break;
      case 'build-planned':
        total = event.total;
        break;
      case 'action-started':
        if (narration.verbose === true) commands.set(event.action, event.commandLine);
        break;
      case 'action-finished': {
        const count = `[${++ended}/${total}]`;
        write(narrateFinished(event, { count, line: lineOf(event.action) }, narration));
        break;
      }
      case 'action-failed':
        write(`[${++ended}/${total}] ${event.description}\n${narrateFailed(event, narration)}`);
        break;
      case 'build-finished':
        write(`${narrateEnd(event, narration)}\n`);
        break;
      default:
        // Tests have reporters of their own.
        break;
    }
  };
}
