import { messagesForPeople } from '../cargo/cargo-messages.ts';
import { countsWarnings, rustcDiagnostics } from '../cargo/rustc-diagnostics.ts';
import type { KeptSaid } from './kept-warnings.ts';

/**
 * What rustc said, for people, without what it said before in the same build: a library and its unit
 * tests are compiled from the same sources.
 */
export function withoutRepeats(): (said: KeptSaid) => string {
  const told = new Set<string>();
  return ({ text, diagnostics }) => {
    let shown = text;
    let count = 0;
    let isLess = false;
    let sum: string | undefined;
    for (const { rendered, message } of rustcDiagnostics(diagnostics)) {
      if (countsWarnings({ message })) sum = rendered;
      else if (told.has(rendered)) {
        shown = without(shown, rendered);
        isLess = true;
      } else count++;
      if (rendered !== sum) told.add(rendered);
    }
    // What counts nothing is no news, and another count would be none of rustc's.
    return isLess && count === 0 && sum !== undefined ? without(shown, sum) : shown;
  };
}

/** The same with a line for each thing that is said. */
export function shortWithoutRepeats(): (said: KeptSaid) => string {
  const told = new Set<string>();
  return ({ text, diagnostics }) => {
    if (diagnostics === '') return text;
    const lines = messagesForPeople(diagnostics, 'short').split(/(?<=\n)/);
    const fresh = lines.filter((line) => !told.has(line));
    for (const line of fresh) told.add(line);
    return fresh.join('');
  };
}

function without(text: string, part: string): string {
  const at = text.indexOf(part);
  return at === -1 ? text : text.slice(0, at) + text.slice(at + part.length);
}
