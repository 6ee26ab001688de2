import { err, ok, type Result } from '../../base/result.ts';

/** How messages of compilers are told, as Cargo's `--message-format` says. */
export type MessageFormat =
  | { readonly kind: 'human' }
  /** One line each. */
  | { readonly kind: 'short' }
  | {
      readonly kind: 'json';
      /** What stands in `rendered`. */
      readonly rendered: 'plain' | 'ansi' | 'short';
      /** People read the messages themselves, on standard error. */
      readonly forPeople: boolean;
    };

/** What a command is asked for with such words. */
export interface Messages {
  readonly format: MessageFormat;
  /** Where programs read those that are for them. */
  readonly write: (text: string) => void;
}

/** Reads such words, said once or more often, with commas between. */
export function messageFormat(said: readonly string[]): Result<MessageFormat, string> {
  let format: MessageFormat | undefined;
  for (const word of said.flatMap((one) => one.split(',')).map((one) => one.toLowerCase())) {
    const next = withWord(format, word);
    if (!next.ok) return next;
    format = next.value;
  }
  return ok(format ?? { kind: 'human' });
}

function withWord(before: MessageFormat | undefined, word: string): Result<MessageFormat, string> {
  if (word === 'human' || word === 'short')
    return before === undefined ? ok({ kind: word }) : err(twoKinds);
  const change = jsonWords.get(word);
  if (change === undefined) return err(`invalid message format specifier: \`${word}\``);
  // What is more about JSON may follow it; the kind itself is said once, and first.
  if (before !== undefined && (before.kind !== 'json' || word === 'json')) return err(twoKinds);
  return ok({ kind: 'json', rendered: 'plain', forPeople: false, ...before, ...change });
}

const twoKinds = 'cannot specify two kinds of `message-format` arguments';

const jsonWords: ReadonlyMap<string, Partial<Extract<MessageFormat, { kind: 'json' }>>> = new Map([
  ['json', {}],
  ['json-render-diagnostics', { forPeople: true }],
  ['json-diagnostic-short', { rendered: 'short' }],
  ['json-diagnostic-rendered-ansi', { rendered: 'ansi' }],
]);
