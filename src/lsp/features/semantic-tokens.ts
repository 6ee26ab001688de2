import { type SemanticTokens, SemanticTokensBuilder } from 'vscode-languageserver/node';
import type { Span } from '../../diag/source.ts';
import { builtinVariables, functionNamed } from '../../lint/infer.ts';
import type { BuildFile } from '../../lint/project-files.ts';
import { visitExpressions } from '../../lint/visit.ts';
import { rangeOf, type Spot } from '../workspace.ts';

/** What words can be, in the order of their numbers. */
export const tokenTypes = ['function', 'method', 'parameter', 'variable', 'namespace'] as const;
export const tokenModifiers = ['defaultLibrary', 'deprecated'] as const;

type Kind = (typeof tokenTypes)[number];

/** Tells functions, methods, keywords and variables of a build file apart. */
export function semanticTokens({ facts }: Pick<Spot, 'facts'>, file: BuildFile): SemanticTokens {
  const tokens: { readonly span: Span; readonly kind: Kind; readonly modifiers: number }[] = [];
  for (const event of facts.scan.events) {
    if (event.file !== file || (event.kind !== 'read' && event.kind !== 'write')) continue;
    const isBuiltin = builtinVariables.has(event.name);
    const holdsModule = facts.inference
      .variable(event.name)
      ?.every(({ name }) => name === 'module');
    const kind = holdsModule === true ? 'namespace' : 'variable';
    tokens.push({ span: event.span, kind, modifiers: isBuiltin ? 1 : 0 });
  }
  visitExpressions(file.tree, (node) => {
    if (node.kind !== 'call' && node.kind !== 'method-call') return;
    const declared =
      node.kind === 'call' ? functionNamed(node.name) : facts.inference.declared(node);
    const modifiers =
      (declared === undefined ? 0 : 1) + (declared?.deprecated === undefined ? 0 : 2);
    const kind = node.kind === 'call' ? 'function' : 'method';
    tokens.push({ span: node.nameSpan, kind, modifiers });
    for (const { nameSpan } of node.args.keywords) {
      tokens.push({ span: nameSpan, kind: 'parameter', modifiers: 0 });
    }
  });
  const builder = new SemanticTokensBuilder();
  let end = -1;
  for (const { span, kind, modifiers } of tokens.sort((a, b) => a.span.start - b.span.start)) {
    if (span.start < end) continue;
    end = span.end;
    const { start } = rangeOf(file, span);
    const length = span.end - span.start;
    builder.push(start.line, start.character, length, tokenTypes.indexOf(kind), modifiers);
  }
  return builder.build();
}
