import { type CompletionItem, CompletionItemKind, type Range } from 'vscode-languageserver/node';
import { unreachable } from '../../base/assert.ts';
import { functions } from '../../eval/functions/table.ts';
import { builtinVariables, methodsOf } from '../../lint/infer.ts';
import { typesText } from '../../lint/types.ts';
import { calledAt, typesOfText } from '../called.ts';
import { describe, describeKeyword, methodName, signatureText } from '../describe.ts';
import { type CallContext, contextAt } from '../text-context.ts';
import { isOptionFile, rangeOf, type Spot } from '../workspace.ts';
import { optionFileItems } from './complete-option-file.ts';
import { textItems } from './complete-text.ts';

/** What may be written at a place. */
export function completion(spot: Spot): readonly CompletionItem[] {
  const { file, offset } = spot;
  const context = contextAt(file.source.text, offset);
  if (context.kind === 'comment') return [];
  const range = rangeOf(file, { start: context.start, end: offset });
  if (isOptionFile(file.path)) return placed(range, optionFileItems(context));
  switch (context.kind) {
    case 'string':
      return placed(range, textItems(spot, context));
    case 'member':
      return placed(range, memberItems(spot, context.receiver));
    case 'word':
      return placed(range, [
        ...(context.mayBeKeyword && context.call !== undefined
          ? keywordItems(spot, context.call)
          : []),
        ...(context.call === undefined ? wordItems : []),
        ...variableItems(spot),
        ...functionItems,
      ]);
    default:
      return unreachable(context);
  }
}

/** Items that replace what is written of them. */
function placed(range: Range, items: readonly CompletionItem[]): readonly CompletionItem[] {
  return items.map((item) => ({
    ...item,
    textEdit: { range, newText: item.insertText ?? item.label },
  }));
}

function memberItems(spot: Spot, receiver: string): readonly CompletionItem[] {
  const seen = new Set<string>();
  return (typesOfText(spot, receiver) ?? []).flatMap((owner) =>
    methodsOf(owner).flatMap((declared) => {
      if (seen.has(declared.name)) return [];
      seen.add(declared.name);
      const name = methodName(owner, declared.name);
      return {
        label: declared.name,
        kind: CompletionItemKind.Method,
        detail: signatureText(name, declared),
        documentation: { kind: 'markdown' as const, value: describe(name, declared) },
        ...(declared.deprecated !== undefined && { deprecated: true }),
      };
    }),
  );
}

function keywordItems(spot: Spot, call: CallContext): readonly CompletionItem[] {
  const seen = new Set<string>(call.given);
  return calledAt(spot, call).flatMap(({ declared }) =>
    Object.entries(declared.keywords).flatMap(([name, { type, deprecated, required }]) => {
      if (seen.has(name)) return [];
      seen.add(name);
      return {
        label: name,
        kind: CompletionItemKind.Property,
        detail: type.names.join(' | '),
        documentation: { kind: 'markdown' as const, value: describeKeyword(name, declared) },
        insertText: `${name}: `,
        // Before all else; those that must be given first of all.
        sortText: `${required ? 0 : 1}${name}`,
        ...(deprecated !== undefined && { deprecated: true }),
      };
    }),
  );
}

function variableItems({ facts }: Spot): readonly CompletionItem[] {
  return [...facts.writes.keys(), ...builtinVariables.keys()].map((name) => {
    const types = facts.inference.variable(name);
    return {
      label: name,
      kind: CompletionItemKind.Variable,
      sortText: `2${name}`,
      ...(types !== undefined && { detail: typesText(types) }),
    };
  });
}

const functionItems: readonly CompletionItem[] = functions
  .filter(({ name }) => name !== 'option')
  .map((declared) => ({
    label: declared.name,
    kind: CompletionItemKind.Function,
    detail: signatureText(declared.name, declared),
    documentation: { kind: 'markdown', value: describe(declared.name, declared) },
    sortText: `3${declared.name}`,
    ...(declared.deprecated !== undefined && { deprecated: true }),
  }));

const wordItems: readonly CompletionItem[] = [
  ...['if', 'elif', 'else', 'endif', 'foreach', 'endforeach', 'break', 'continue'],
  ...['true', 'false', 'not', 'and', 'or', 'in'],
].map((label) => ({ label, kind: CompletionItemKind.Keyword, sortText: `4${label}` }));
