import { str } from '../argument-type.ts';
import { type MethodTable, methodOf, optional } from '../declare.ts';

const method = methodOf<boolean>();

/** Methods of booleans (Meson: "Reference manual", `bool`). */
export const boolMethods: MethodTable = {
  type: 'bool',
  doc: 'True or false.',
  label: 'bool',
  methods: [
    method({
      name: 'to_int',
      doc: '1 for true, 0 for false.',
      returns: 'int',
      run: (_call, self) => Number(self),
    }),
    method({
      name: 'to_string',
      doc: '`true` or `false`, or two other words for them.',
      positional: [optional('yes', str, 'For true.'), optional('no', str, 'For false.')],
      returns: 'str',
      run: (call, self, { positional: [yes, no] }) => {
        if ((yes === undefined) !== (no === undefined)) {
          call.fail(
            'bool.to_string() must have either no arguments or exactly two string arguments that signify what values to return for true and false.',
          );
        }
        return self ? yes || 'true' : no || 'false';
      },
    }),
  ],
};
