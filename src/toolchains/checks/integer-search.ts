import { err, ok, type Result } from '../../base/result.ts';

interface Search extends Bounds {
  readonly expression: string;
  /** The language's word for both. */
  readonly and?: string;
}

/** What may be known of an integer before. */
export interface Bounds {
  readonly low?: number;
  readonly high?: number;
  readonly guess?: number;
}

/** Finds a constant's value by asking which conditions on it hold: doubling, then halving. */
export function searchInteger(
  holds: (condition: string) => boolean,
  search: Search,
): Result<number, string> {
  const { expression, guess } = search;
  if (guess !== undefined && holds(`${expression} == ${guess}`)) return ok(guess);
  const range = rangeOf(holds, search);
  if (!range.ok) return range;
  let { low, high } = range.value;
  while (low !== high) {
    const middle = low + Math.trunc((high - low) / 2);
    if (holds(`${expression} <= ${middle}`)) high = middle;
    else low = middle + 1;
  }
  return ok(low);
}

const greatest = 0x7fff_ffff;
const least = -0x8000_0000;

interface Range {
  readonly low: number;
  readonly high: number;
}

function rangeOf(
  holds: (condition: string) => boolean,
  { expression, low, high, and = '&&' }: Search,
): Result<Range, string> {
  if (low !== undefined && high !== undefined) {
    if (high < low) return err('high limit smaller than low limit');
    return holds(`${expression} <= ${high} ${and} ${expression} >= ${low}`)
      ? ok({ low, high })
      : err('Value out of given range');
  }
  return holds(`${expression} >= 0`) ? upwards(holds, expression) : downwards(holds, expression);
}

function upwards(holds: (condition: string) => boolean, expression: string): Result<Range, string> {
  let low = 0;
  let high = 0;
  while (holds(`${expression} > ${high}`)) {
    low = high + 1;
    if (low > greatest) return err('Cross-compile check overflowed');
    high = Math.min(high * 2 + 1, greatest);
  }
  return ok({ low, high });
}

function downwards(
  holds: (condition: string) => boolean,
  expression: string,
): Result<Range, string> {
  let low = -1;
  let high = -1;
  while (holds(`${expression} < ${low}`)) {
    high = low - 1;
    if (high < least) return err('Cross-compile check overflowed');
    low = Math.max(low * 2, least);
  }
  return ok({ low, high });
}
