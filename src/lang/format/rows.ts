import type { Expression } from '../tree.ts';

/** An argument, an item, or an entry: what commas divide. */
export interface Row {
  readonly key: RowKey | undefined;
  readonly value: Expression;
  /** Where it begins. */
  readonly start: number;
}

/** The key of a dictionary's entry, or the word of a keyword argument. */
export type RowKey = { readonly kind: 'word' } | Exclude<Expression, { readonly kind: 'missing' }>;

/** What stands between the brackets of a call, an array or a dictionary, in order. */
export function rowsOf(node: Expression): readonly Row[] {
  switch (node.kind) {
    case 'array': {
      if (node.args === undefined) return node.items.map(positional);
      return argumentRows(node.args);
    }
    case 'dictionary':
      return node.entries.map(({ key, value }) => ({
        key: key.kind === 'missing' ? undefined : key,
        value,
        start: key.span.start,
      }));
    case 'call':
    case 'method-call':
      return argumentRows(node.args);
    default:
      return [];
  }
}

function positional(value: Expression): Row {
  return { key: undefined, value, start: value.span.start };
}

function argumentRows(
  args: Extract<Expression, { readonly kind: 'call' }>['args'],
): readonly Row[] {
  const keywords = args.keywords.map(
    ({ nameSpan, value }): Row => ({ key: { kind: 'word' }, value, start: nameSpan.start }),
  );
  return [...args.positional.map(positional), ...keywords].sort((a, b) => a.start - b.start);
}

/** Whether a keyword or a dictionary's entry is among rows, at any depth. */
export function haveKeys(rows: readonly Row[]): boolean {
  return rows.some(({ key, value }) => key !== undefined || innerHasKeys(value));
}

function innerHasKeys(node: Expression): boolean {
  if (haveKeys(rowsOf(node))) return true;
  switch (node.kind) {
    case 'method-call':
      return innerHasKeys(node.object);
    case 'index':
      return innerHasKeys(node.object) || innerHasKeys(node.index);
    case 'binary':
      return innerHasKeys(node.left) || innerHasKeys(node.right);
    case 'not':
    case 'negate':
      return innerHasKeys(node.operand);
    case 'parentheses':
      return innerHasKeys(node.inner);
    case 'ternary':
      return [node.condition, node.then, node.otherwise].some(innerHasKeys);
    default:
      return false;
  }
}

/** Rows as `files()` shall have them: folders before the files beside them, numbers by their value. */
export function sortedRows(rows: readonly Row[]): readonly Row[] {
  const path = ({ value }: Row): string => (value.kind === 'string' ? value.value : '');
  return rows.toSorted((a, b) => comparePaths(path(a), path(b)));
}

/** As `files()` sorts: folders before the files beside them, numbers by their value. */
export function comparePaths(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const [isFile, isOtherFile] = [at === left.length - 1, at === right.length - 1];
    if (isFile !== isOtherFile) return isFile ? 1 : -1;
    const compared = compareNames(left[at] ?? '', right[at] ?? '');
    if (compared !== 0) return compared;
  }
  return left.length - right.length;
}

function compareNames(a: string, b: string): number {
  const [left, right] = [a, b].map((name) => name.toLowerCase().split(/([0-9]+)/));
  for (let at = 0; at < Math.min(left?.length ?? 0, right?.length ?? 0); at++) {
    const [one = '', other = ''] = [left?.[at], right?.[at]];
    // Every second piece is a number.
    const difference = at % 2 === 1 ? Number(one) - Number(other) : 0;
    if (difference !== 0) return difference;
    if (at % 2 === 0 && one !== other) return one < other ? -1 : 1;
  }
  return (left?.length ?? 0) - (right?.length ?? 0);
}

/** Which rows are options with a value behind them: `'--option', 'value'`. */
export function groupedRows(rows: readonly Row[]): ReadonlySet<number> {
  const text = (at: number): string | undefined => {
    const row = rows[at];
    return row?.key === undefined && row?.value.kind === 'string' ? row.value.value : undefined;
  };
  const isOption = (value: string | undefined): boolean => value?.startsWith('--') === true;
  const grouped = rows.flatMap((_row, at) => {
    const next = text(at + 1);
    const fits = isOption(text(at)) && text(at) !== '--' && next !== undefined && !isOption(next);
    return fits ? [at] : [];
  });
  return new Set(grouped);
}

/** A list with nothing but another in it. */
export function isNested({ items }: Extract<Expression, { readonly kind: 'array' }>): boolean {
  return items.length === 1 && items[0]?.kind === 'array';
}
