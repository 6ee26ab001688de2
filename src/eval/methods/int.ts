import { int, str } from '../argument-type.ts';
import { keyword, type MethodTable, methodOf } from '../declare.ts';
import { negated } from '../interpreter/integers.ts';
import { Limits } from '../interpreter/limits.ts';
import type { Integer } from '../value.ts';

const method = methodOf<Integer>();

/** Methods of integers (Meson: "Reference manual", `int`). */
export const intMethods: MethodTable = {
  type: 'int',
  doc: 'A whole number.',
  label: 'int',
  methods: [
    method({
      name: 'is_even',
      doc: 'Whether two divides it.',
      returns: 'bool',
      run: (_call, self) => isEven(self),
    }),
    method({
      name: 'is_odd',
      doc: 'Whether two does not divide it.',
      returns: 'bool',
      run: (_call, self) => !isEven(self),
    }),
    method({
      name: 'to_string',
      label: 'to_string',
      doc: 'Its digits.',
      keywords: {
        fill: keyword(int, 0, 'The least width, filled with zeros.', { since: '1.3.0' }),
        format: keyword(
          str,
          'dec',
          'The base: `dec`, `hex`, `oct` or `bin`; all but the first with their prefix.',
          {
            since: '1.12.0',
            check: (format) =>
              format in bases ? undefined : `must be one of bin, dec, hex, oct, not ${format}`,
          },
        ),
      },
      returns: 'str',
      run: (call, self, { keywords: { fill, format } }) => {
        if (fill > Limits.text) return call.fail('The string is too long.');
        const { radix, prefix } = bases[format] ?? decimal;
        const lead = (self < 0 ? '-' : '') + prefix;
        const size = self < 0 ? negated(self) : self;
        return lead + size.toString(radix).padStart(fill - lead.length, '0');
      },
    }),
  ],
};

function isEven(value: Integer): boolean {
  return typeof value === 'number' ? value % 2 === 0 : value % 2n === 0n;
}

const decimal = { radix: 10, prefix: '' };
const bases: Readonly<Record<string, { readonly radix: number; readonly prefix: string }>> = {
  dec: decimal,
  hex: { radix: 16, prefix: '0x' },
  oct: { radix: 8, prefix: '0o' },
  bin: { radix: 2, prefix: '0b' },
};
