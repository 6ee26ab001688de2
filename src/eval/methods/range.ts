import type { MethodTable } from '../declare.ts';
import { type RangeObject, rangeType } from '../objects/range.ts';

export const rangeMethods: MethodTable = {
  type: rangeType,
  doc: 'Numbers that `range()` gives.',
  methods: [],
  *items({ start, stop, step }: RangeObject) {
    for (let at = start; at < stop; at += step) yield at;
  },
  index: (call, { start, stop, step }: RangeObject, index) => {
    const size = Math.max(0, Math.ceil((stop - start) / step));
    const at = typeof index === 'number' && index < 0 ? index + size : index;
    if (typeof at !== 'number' || at < 0 || at >= size)
      return call.fail(`Index ${String(index)} out of bounds of range.`);
    return start + at * step;
  },
};
