import type { Span } from '../diag/source.ts';
import type { Arguments, CallExpression } from '../lang/tree.ts';
import type { BuildFile } from '../lint/project-files.ts';
import type { ListText } from './list-edit.ts';
import type { ArrayNode, Container } from './traced.ts';

/** The text between the brackets of a list or call. */
export function listOf({ file, node }: Pick<Container, 'file' | 'node'>): ListText {
  return node.kind === 'array' ? arrayText(file, node) : callText(file, node);
}

/** The text of a list, without its brackets. */
export function arrayText({ source }: BuildFile, { span, items }: ArrayNode): ListText {
  const { start, end } = span;
  return {
    text: source.text,
    start: start + 1,
    end: end - 1,
    items: items.map((each) => each.span),
  };
}

/** Positional arguments, then keywords. */
export function callText(
  { source }: BuildFile,
  { nameSpan, span, args }: CallExpression,
): ListText {
  const opener = source.text.indexOf('(', nameSpan.end);
  return { text: source.text, start: opener + 1, end: span.end - 1, items: argumentSpans(args) };
}

function argumentSpans({ positional, keywords }: Arguments): readonly Span[] {
  return [
    ...positional.map(({ span }) => span),
    ...keywords.map(({ nameSpan, value }) => ({ start: nameSpan.start, end: value.span.end })),
  ];
}
