import type { Diagnostic } from '../diag/diagnostic.ts';
import { positionAt } from '../diag/source.ts';
import type { Listener } from './event.ts';

/** The version of the lines; grows when one changes its meaning, not when something is added. */
const version = 1;

/** One event a line as JSON, for programs. A diagnostic has its position instead of its source. */
export function jsonReporter(write: (text: string) => void): Listener {
  return (event) => {
    const told =
      event.kind === 'diagnostic'
        ? { kind: event.kind, diagnostic: positioned(event.diagnostic) }
        : event;
    write(`${JSON.stringify({ v: version, ...told })}\n`);
  };
}

function positioned({ severity, message, place, hints }: Diagnostic): object {
  if (place === undefined) return { severity, message, hints };
  const { line, column } = positionAt(place.source, place.span.start);
  return { severity, message, file: place.source.path, line, column, hints };
}
