import { anything, str } from '../argument-type.ts';
import { type MethodTable, methodOf, optional, positional } from '../declare.ts';
import type { Dictionary } from '../value.ts';

const method = methodOf<Dictionary>();

/** Methods of dictionaries (Meson: "Reference manual", `dict`). */
export const dictMethods: MethodTable = {
  type: 'dict',
  doc: 'Values by name. Dictionaries never change.',
  label: 'dict',
  methods: [
    method({
      name: 'get',
      doc: 'The value of a key.',
      positional: [
        positional('key', str, 'The key.'),
        optional('fallback', anything, 'The answer when there is none.'),
      ],
      keepsLists: true,
      returns: 'any',
      run: (call, self, { positional: [key, fallback] }) => {
        if (self.has(key)) return self.get(key);
        return fallback ?? call.fail(`Key '${key}' is not in the dictionary.`);
      },
    }),
    method({
      name: 'has_key',
      doc: 'Whether it has a key.',
      positional: [positional('key', str, 'The key.')],
      returns: 'bool',
      run: (_call, self, { positional: [key] }) => self.has(key),
    }),
    method({
      name: 'keys',
      doc: 'Its keys, sorted.',
      returns: 'array[str]',
      run: (_call, self) => sortedKeys(self),
    }),
    method({
      name: 'values',
      doc: 'Its values, in the order of their sorted keys.',
      since: '1.10.0',
      returns: 'array[any]',
      run: (_call, self) => sortedKeys(self).map((key) => self.get(key)),
    }),
  ],
};

/** By code point, as Python sorts. */
function sortedKeys(dictionary: Dictionary): string[] {
  return [...dictionary.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
