import { escapePattern } from '../base/escape-pattern.ts';
import type { Expression } from '../lang/tree.ts';

/** A text as far as it can be told without running anything: parts that are known, and gaps (`undefined`). */
export type TextPattern = readonly (string | undefined)[];

/** How many texts one expression may stand for before we give up. */
const most = 200;

/** What variables hold, where that is known. */
export type LookUp = (name: string) => readonly Expression[] | undefined;

/** The texts that an expression may be worth; a list stands for each of its items. */
export function textsOf(node: Expression, lookUp: LookUp, depth = 0): readonly TextPattern[] {
  const inner = (each: Expression): readonly TextPattern[] => textsOf(each, lookUp, depth + 1);
  if (depth > 20) return [anything];
  switch (node.kind) {
    case 'string':
      return node.format ? [formatted(node.value)] : [[node.value]];
    case 'number':
    case 'boolean':
      return [[String(node.value)]];
    case 'parentheses':
      return inner(node.inner);
    case 'array':
      return limited(node.items.flatMap(inner));
    case 'dictionary':
      return limited(node.entries.flatMap(({ key }) => inner(key)));
    case 'ternary':
      return limited([...inner(node.then), ...inner(node.otherwise)]);
    case 'identifier':
      return limited(lookUp(node.name)?.flatMap(inner) ?? [anything]);
    case 'binary':
      return binary(node, inner);
    case 'method-call': {
      if (node.name === 'format' && node.object.kind === 'string') {
        return filled(node.object.value, node.args.positional.map(inner));
      }
      if (node.name === 'keys') return inner(node.object);
      return [anything];
    }
    case 'call':
      return node.name === 'files' || node.name === 'join_paths'
        ? limited(node.args.positional.flatMap(inner))
        : [anything];
    default:
      return [anything];
  }
}

/** A text of which nothing is known. */
const anything: TextPattern = [undefined];

function limited(texts: readonly TextPattern[]): readonly TextPattern[] {
  return texts.length > most ? [anything] : texts;
}

function binary(
  node: Extract<Expression, { readonly kind: 'binary' }>,
  inner: (each: Expression) => readonly TextPattern[],
): readonly TextPattern[] {
  const isList = (each: Expression): boolean => each.kind === 'array';
  if (node.operator === '+' && (isList(node.left) || isList(node.right))) {
    return limited([...inner(node.left), ...inner(node.right)]);
  }
  if (node.operator !== '+' && node.operator !== '/') return [anything];
  const between = node.operator === '/' ? ['/'] : [];
  const right = inner(node.right);
  return limited(
    inner(node.left).flatMap((left) => right.map((more) => [...left, ...between, ...more])),
  );
}

function formatted(value: string): TextPattern {
  return value
    .split(/@[_a-zA-Z]\w*@/)
    .flatMap((part, at) => (at === 0 ? [part] : [undefined, part]));
}

/** `'a@0@'.format(…)`. */
function filled(text: string, args: readonly (readonly TextPattern[])[]): readonly TextPattern[] {
  let made: readonly TextPattern[] = [[]];
  for (const part of text.split(/(@\d+@)/)) {
    const at = /^@(\d+)@$/.exec(part)?.[1];
    const choices = at === undefined ? [[part]] : (args[Number(at)] ?? [anything]);
    made = limited(made.flatMap((before) => choices.map((choice) => [...before, ...choice])));
  }
  return made;
}

/** The text, where all of it is known. */
export function knownText(pattern: TextPattern): string | undefined {
  return pattern.includes(undefined) ? undefined : pattern.join('');
}

/** Whether a text may be what a pattern stands for. */
export function mayBe(pattern: TextPattern, text: string): boolean {
  const source = pattern.map((part) => (part === undefined ? '.*' : escapePattern(part)));
  return new RegExp(`^${source.join('')}$`, 's').test(text);
}
