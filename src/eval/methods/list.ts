import { anything, flattened, int } from '../argument-type.ts';
import { keyword, type MethodTable, methodOf, optional, positional } from '../declare.ts';
import { equalValues } from '../interpreter/equal-values.ts';
import { lookInto } from '../look-into.ts';
import { isList, type List, type Value } from '../value.ts';

const method = methodOf<List>();

/** Methods of lists (Meson: "Reference manual", `list`). */
export const listMethods: MethodTable = {
  type: 'list',
  doc: 'Values in order. Lists never change.',
  label: 'array',
  methods: [
    method({
      name: 'contains',
      doc: 'Whether a value is in it, or in a list in it.',
      positional: [positional('item', anything, 'What to look for.')],
      keepsLists: true,
      returns: 'bool',
      run: (call, self, { positional: [item] }) => {
        lookInto(call, self, item);
        return contains(self, item);
      },
    }),
    method({
      name: 'flatten',
      doc: 'The same values without lists in lists.',
      since: '1.9.0',
      returns: 'array[any]',
      run: (_call, self) => [...flattened(self)],
    }),
    method({
      name: 'get',
      doc: 'The value at an index; negative ones count from the end.',
      positional: [
        positional('index', int, 'The place, from 0.'),
        optional('fallback', anything, 'The answer when there is none.'),
      ],
      keepsLists: true,
      returns: 'any',
      run: (call, self, { positional: [index, fallback] }) => {
        if (index >= -self.length && index < self.length) return self.at(index);
        if (fallback !== undefined) return fallback;
        return call.fail(`Array index ${index} is out of bounds for array of size ${self.length}.`);
      },
    }),
    method({
      name: 'length',
      doc: 'How many values it has.',
      returns: 'int',
      run: (_call, self) => self.length,
    }),
    method({
      name: 'slice',
      doc: 'The values from one index to before another; negative ones count from the end.',
      since: '1.10.0',
      positional: [optional('start', int, 'The first.'), optional('stop', int, 'After the last.')],
      keywords: { step: keyword(int, 1, 'Takes each so many; negative goes backwards.') },
      returns: 'array[any]',
      run: (call, self, { positional: [start, stop], keywords: { step } }) => {
        if (start !== undefined && stop === undefined) {
          call.fail('Providing only one positional slice argument is ambiguous.');
        }
        if (step === 0) call.fail('Slice step cannot be zero.');
        return slice(self, { start, stop, step });
      },
    }),
  ],
};

function contains(list: List, item: Value): boolean {
  return list.some((one) => (isList(one) && contains(one, item)) || equalValues(one, item));
}

/** Python's slices. */
function slice(
  list: List,
  {
    start,
    stop,
    step,
  }: {
    readonly start: number | undefined;
    readonly stop: number | undefined;
    readonly step: number;
  },
): List {
  const lowest = step > 0 ? 0 : -1;
  const highest = step > 0 ? list.length : list.length - 1;
  const clamp = (index: number): number =>
    Math.min(highest, Math.max(lowest, index < 0 ? index + list.length : index));
  const from = start === undefined ? (step > 0 ? lowest : highest) : clamp(start);
  const to = stop === undefined ? (step > 0 ? highest : lowest) : clamp(stop);
  const result: Value[] = [];
  for (let at = from; step > 0 ? at < to : at > to; at += step) result.push(list[at]);
  return result;
}
