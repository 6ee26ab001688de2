import type { MethodTable } from '../declare.ts';
import { calculate } from '../interpreter/integers.ts';
import { type RangeObject, rangeType } from '../objects/range.ts';
import { isInteger } from '../value.ts';

export const rangeMethods: MethodTable = {
  type: rangeType,
  doc: 'Numbers that `range()` gives.',
  methods: [],
  *items({ start, stop, step }: RangeObject) {
    for (let at = start; at < stop; at = calculate('+', at, step)) yield at;
  },
  index: (call, { start, stop, step }: RangeObject, index) => {
    // As many as fit, the first included.
    const span = calculate('-', stop, start);
    const size =
      span <= 0 ? 0 : calculate('/', calculate('+', span, calculate('-', step, 1)), step);
    const at = isInteger(index) && index < 0 ? calculate('+', index, size) : index;
    if (!isInteger(at) || at < 0 || at >= size)
      return call.fail(`Index ${String(index)} out of bounds of range.`);
    return calculate('+', start, calculate('*', at, step));
  },
};
