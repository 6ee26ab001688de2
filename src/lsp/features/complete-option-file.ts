import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver/node';
import { optionCall } from '../../eval/options/option-types.ts';
import type { TextContext } from '../text-context.ts';

/** What may be written in an option file: `option()`, its keywords and types. */
export function optionFileItems(context: TextContext): readonly CompletionItem[] {
  if (context.kind === 'string') {
    const { call } = context;
    if (call?.keyword !== 'type') return [];
    return types.map((label) => ({ label, kind: CompletionItemKind.EnumMember }));
  }
  if (context.kind !== 'word') return [];
  if (context.call === undefined) {
    const snippet = { label: 'option', kind: CompletionItemKind.Function, detail: optionCall.doc };
    return [snippet];
  }
  const { given } = context.call;
  if (!context.mayBeKeyword) return [];
  return Object.entries(keywords).flatMap(([label, detail]) =>
    given.includes(label)
      ? []
      : { label, detail, kind: CompletionItemKind.Property, insertText: `${label}: ` },
  );
}

const types = ['array', 'boolean', 'combo', 'feature', 'integer', 'string'];

const keywords: Readonly<Record<string, string>> = {
  type: `One of ${types.join(', ')}.`,
  value: 'The value when none is given.',
  description: 'What it is for.',
  choices: 'What it can be: of a combo or array.',
  min: 'The least: of an integer.',
  max: 'The most: of an integer.',
  deprecated: 'All of it, some values, or its new name.',
  yield: 'Takes the value of the top project.',
};
