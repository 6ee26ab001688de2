import { posix } from 'node:path';
import type { Span } from '../diag/source.ts';
import type { CallExpression, Expression, MethodCallExpression } from '../lang/tree.ts';
import { type Declared, functionNamed } from '../lint/infer.ts';
import type { Type } from '../lint/types.ts';
import { visitExpressions } from '../lint/visit.ts';
import type { Spot } from './workspace.ts';

/** What a place in a build file names. The span is that of the name. */
export type Entity = { readonly span: Span } & (
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'option'; readonly name: string }
  | { readonly kind: 'function'; readonly declared: Declared }
  | {
      readonly kind: 'method';
      readonly methods: readonly { readonly owner: Type; readonly declared: Declared }[];
    }
  | { readonly kind: 'keyword'; readonly name: string; readonly of: Declared }
  | { readonly kind: 'module'; readonly name: string }
  | { readonly kind: 'subproject'; readonly name: string }
  /** A file or folder; absolute. */
  | { readonly kind: 'path'; readonly path: string }
);

/** What stands at a place; undefined where nothing is named. */
export function entityAt(spot: Spot): Entity | undefined {
  const { facts, file, offset } = spot;
  const isHere = (span: Span): boolean => span.start <= offset && offset <= span.end;
  for (const { name, span } of facts.options.filter((option) => option.file === file)) {
    if (isHere(span)) return { kind: 'option', name, span };
  }
  for (const event of facts.scan.events) {
    if (event.file !== file || !isHere(event.span)) continue;
    if (event.kind === 'read' || event.kind === 'write') {
      return { kind: 'variable', name: event.name, span: event.span };
    }
  }
  let found: Entity | undefined;
  visitExpressions(file.tree, (node) => {
    if (!isHere(node.span) || (node.kind !== 'call' && node.kind !== 'method-call')) return;
    found = inCall(spot, node, isHere) ?? found;
  });
  return found;
}

function inCall(
  spot: Spot,
  node: CallExpression | MethodCallExpression,
  isHere: (span: Span) => boolean,
): Entity | undefined {
  const { inference } = spot.facts;
  if (isHere(node.nameSpan)) {
    if (node.kind === 'method-call') {
      const methods = inference.methods(node) ?? [];
      return methods.length === 0 ? undefined : { kind: 'method', methods, span: node.nameSpan };
    }
    const declared = functionNamed(node.name);
    return declared && { kind: 'function', declared, span: node.nameSpan };
  }
  const keyword = node.args.keywords.find(({ nameSpan }) => isHere(nameSpan));
  if (keyword !== undefined) {
    const of = inference.declared(node);
    return of && { kind: 'keyword', name: keyword.name, of, span: keyword.nameSpan };
  }
  return node.kind === 'call' ? inArguments(spot, node, isHere) : undefined;
}

/** A text among the arguments of a function, that names a file, an option, … */
function inArguments(
  { facts, file }: Spot,
  node: CallExpression,
  isHere: (span: Span) => boolean,
): Entity | undefined {
  const text = texts([
    ...node.args.positional,
    ...node.args.keywords.map(({ value }) => value),
  ]).find(({ span }) => isHere(span));
  if (text === undefined) return undefined;
  const { value, span: quoted } = text;
  const span = { start: quoted.start + 1, end: quoted.end - 1 };
  const isFirst = node.args.positional[0] === text;
  if (isFirst && node.name === 'get_option') return { kind: 'option', name: value, span };
  if (isFirst && node.name === 'import') return { kind: 'module', name: value, span };
  if (isFirst && node.name === 'subproject') return { kind: 'subproject', name: value, span };
  const { root, disk } = facts.project;
  const path = posix.resolve(root, file.folder, value);
  if (isFirst && node.name === 'subdir') {
    return { kind: 'path', path: posix.join(path, 'meson.build'), span };
  }
  return disk.isFile(path) ? { kind: 'path', path, span } : undefined;
}

/** The literal texts among expressions, in lists too. */
function texts(nodes: readonly Expression[]): readonly Extract<Expression, { kind: 'string' }>[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'string') return [node];
    return node.kind === 'array' ? texts(node.items) : [];
  });
}
