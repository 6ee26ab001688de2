import { requestWord } from '../../../base/request-word.ts';
import type { CommandWord } from '../../../model/target.ts';
import { dictOf, listOf, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { keyword } from '../../declare.ts';

/** What is changed in bindgen's output, by the names of types. */
export interface BindgenRules {
  readonly derives: Readonly<Record<string, readonly string[]>>;
  readonly repr: Readonly<Record<string, string>>;
}

export const bindgenRuleKeywords = {
  derives: keyword(
    dictOf(listOf(str)),
    new Map<string, readonly string[]>(),
    'Traits to derive by the names of types, and for the nameless types within them. "FEATURE: TRAIT" derives it where that Cargo feature is on. Only kaon knows it.',
  ),
  repr: keyword(
    dictOf(str),
    new Map<string, string>(),
    'Representations by the names of types, instead of those that bindgen gave. Only kaon knows it.',
  ),
};

/** bindgen's command, with the work on its output behind it where there is any. */
export function withRules(
  { evaluation }: Call,
  command: readonly CommandWord[],
  {
    derives,
    repr,
  }: {
    readonly derives: ReadonlyMap<string, readonly string[]>;
    readonly repr: ReadonlyMap<string, string>;
  },
): readonly CommandWord[] {
  if (derives.size === 0 && repr.size === 0) return command;
  const rules: BindgenRules = {
    derives: Object.fromEntries(derives),
    repr: Object.fromEntries(repr),
  };
  const text = (word: string): CommandWord => ({ kind: 'text', text: word });
  return [
    { kind: 'program', command: evaluation.self },
    ...['internal', 'bindgen', requestWord(rules), '@OUTPUT0@', '--'].map(text),
    ...command,
  ];
}
