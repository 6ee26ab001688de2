import { unreachable } from '../../base/assert.ts';
import { isTable } from '../manifest/toml.ts';
import { typeOf } from '../manifest/type-of.ts';

/** What a value may be; `expected` as Cargo says it. */
export type Shape =
  | {
      readonly kind: 'value';
      readonly fits: (value: unknown) => boolean;
      readonly expected: string;
    }
  /** Keys that are not named may be anything. */
  | { readonly kind: 'table'; readonly keys: Readonly<Record<string, Shape>> }
  /** A table whose keys are the user's names. */
  | { readonly kind: 'names'; readonly of: Shape }
  | { readonly kind: 'list'; readonly of: Shape }
  /** A table, or something shorter that says the same. */
  | {
      readonly kind: 'either';
      readonly isShort: (value: unknown) => boolean;
      readonly table: Shape;
      readonly expected: string;
    };

export interface OddValue {
  /** The keys that lead to it. */
  readonly path: readonly string[];
  readonly message: string;
}

/** Values of other types than theirs. */
export function oddValues(
  value: unknown,
  shape: Shape,
  path: readonly string[] = [],
): readonly OddValue[] {
  const odd = (expected: string): readonly OddValue[] => [
    { path, message: `invalid type: ${typeOf(value)}, expected ${expected}` },
  ];
  const below = (key: string, of: Shape): readonly OddValue[] =>
    isTable(value) && Object.hasOwn(value, key) ? oddValues(value[key], of, [...path, key]) : [];
  switch (shape.kind) {
    case 'value':
      return shape.fits(value) ? [] : odd(shape.expected);
    case 'table':
      if (!isTable(value)) return odd('a map');
      return Object.entries(shape.keys).flatMap(([key, of]) => below(key, of));
    case 'names':
      if (!isTable(value)) return odd('a map');
      return Object.keys(value).flatMap((key) => below(key, shape.of));
    case 'list':
      if (!Array.isArray(value)) return odd('a sequence');
      return value.flatMap((one) => oddValues(one, shape.of, path));
    case 'either':
      if (shape.isShort(value)) return [];
      return isTable(value) ? oddValues(value, shape.table, path) : odd(shape.expected);
    default:
      return unreachable(shape);
  }
}
