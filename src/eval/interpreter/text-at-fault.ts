import type { Source, Span } from '../../diag/source.ts';
import { isList, Pending, type Value } from '../value.ts';

/** Where the arguments of a call were written, and what the names among them may stand for. */
interface WrittenArguments {
  readonly source: Source;
  readonly spans: readonly Span[];
  readonly variables?: ReadonlyMap<string, Value>;
}

/**
 * The literal or the variable among the arguments of a call that a message quotes: the smallest text at
 * fault. So a caret stands under `'b.c'` when "File b.c does not exist.", or under the `sources` that have
 * it, without each builtin having to say so.
 */
export function textAtFault(
  message: string,
  { source, spans, variables = new Map() }: WrittenArguments,
): Span | undefined {
  let found: Span | undefined;
  let longest = 0;
  for (const { start, end } of spans) {
    for (const token of source.text.slice(start, end).matchAll(tokens)) {
      const [whole, text, name = ''] = token;
      const texts = text === undefined ? textsOf(variables.get(name)) : [text];
      const meant = texts.filter((each) => each.length > longest && isMeant(message, each));
      if (meant.length === 0) continue;
      longest = Math.max(...meant.map((each) => each.length));
      found = { start: start + token.index, end: start + token.index + whole.length };
    }
  }
  return found;
}

/** Comments, literals by their text, and names that are no method's or function's. */
const tokens = /#.*|'((?:[^'\\\n]|\\.)+)'|(?<![\w.])([A-Za-z_]\w*)(?!\w|\s*\()/g;

/** The texts that a variable holds. What it takes a compiler to know is not asked for. */
function textsOf(value: Value): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return isList(value) && !(value instanceof Pending) ? value.flatMap(textsOf) : [];
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
