import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver/node';
import type { Span } from '../../diag/source.ts';
import type { BuildFile } from '../../lint/project-files.ts';
import { visitExpressions, visitStatements } from '../../lint/visit.ts';
import { rangeOf } from '../workspace.ts';

/** What can be folded: blocks, calls and lists over several lines, and comments below one another. */
export function folding(file: BuildFile): readonly FoldingRange[] {
  const found: FoldingRange[] = [];
  const add = (span: Span, kind?: FoldingRangeKind): void => {
    const { start, end } = rangeOf(file, span);
    // The line with the closing word or bracket stays.
    const endLine = kind === undefined ? end.line - 1 : end.line;
    if (endLine > start.line)
      found.push({ startLine: start.line, endLine, ...(kind !== undefined && { kind }) });
  };
  visitStatements(file.tree.statements, (statement) => {
    if (statement.kind === 'foreach' || statement.kind === 'testcase') add(statement.span);
    if (statement.kind !== 'if') return;
    const heads = [...statement.branches.map(({ keywordSpan }) => keywordSpan)];
    if (statement.otherwiseSpan !== undefined) heads.push(statement.otherwiseSpan);
    heads.forEach(({ start }, at) => {
      add({ start, end: heads[at + 1]?.start ?? statement.span.end });
    });
  });
  visitExpressions(file.tree, (node) => {
    if (['call', 'method-call', 'array', 'dictionary'].includes(node.kind)) add(node.span);
  });
  for (const span of commentBlocks(file)) add(span, FoldingRangeKind.Comment);
  return found;
}

function commentBlocks({ tree, source }: BuildFile): readonly Span[] {
  const blocks: { start: number; end: number }[] = [];
  for (const { span } of tree.comments) {
    const last = blocks.at(-1);
    const between = last === undefined ? '' : source.text.slice(last.end, span.start);
    if (last !== undefined && /^\r?\n[ \t]*$/.test(between)) last.end = span.end;
    else blocks.push({ start: span.start, end: span.end });
  }
  return blocks;
}
