import { type Diagnostic, type Place, placePosition } from '../diag/diagnostic.ts';
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

function positioned({ severity, message, place, focus, hints, related }: Diagnostic): object {
  const others = related.map((other) => ({ message: other.message, ...located(other.place) }));
  const more = { hints, ...(others.length > 0 && { related: others }) };
  if (place === undefined) return { severity, message, ...more };
  const narrow = focus && { focus: located({ source: place.source, span: focus }) };
  return { severity, message, ...located(place), ...narrow, ...more };
}

function located(place: Place): object {
  const { line, column } = placePosition(place);
  return { file: place.source.path, line, column };
}
