import type { Source, Span } from '../../diag/source.ts';

/**
 * The literal among the arguments of a call that a message quotes: the smallest text at fault. So a
 * caret stands under `'b.c'` when "File b.c does not exist.", without each builtin having to say so.
 */
export function textAtFault(
  source: Source,
  spans: Iterable<Span>,
  message: string,
): Span | undefined {
  let found: Span | undefined;
  for (const { start, end } of spans) {
    for (const literal of source.text.slice(start, end).matchAll(/'((?:[^'\\\n]|\\.)+)'/g)) {
      const [whole, text = ''] = literal;
      const longer = found === undefined || whole.length > found.end - found.start;
      if (!longer || !isMeant(message, text)) continue;
      found = { start: start + literal.index, end: start + literal.index + whole.length };
    }
  }
  return found;
}

/** Of an option that is given a value, the message may name the option only. */
function isMeant(message: string, text: string): boolean {
  const [, option] = /^([\w.:]+)=/.exec(text) ?? [];
  return quotes(message, text) || (option !== undefined && quotes(message, option));
}

/** Whether a message has a text in it, as a word of its own; a short one only between quotes. */
function quotes(message: string, text: string): boolean {
  for (let at = message.indexOf(text); at !== -1; at = message.indexOf(text, at + 1)) {
    const before = message[at - 1] ?? ' ';
    const after = message.slice(at + text.length);
    if (/["'`]/.test(before) && after.startsWith(before)) return true;
    const begins = /[\s/("'`]/.test(before);
    if (text.length > 2 && begins && /^([\s),:;/]|\.?\s|\.?$)/.test(after)) return true;
  }
  return false;
}
