import { int, str } from '../argument-type.ts';
import { keyword, type MethodTable, methodOf } from '../declare.ts';

const method = methodOf<number>();

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
      run: (_call, self) => self % 2 === 0,
    }),
    method({
      name: 'is_odd',
      doc: 'Whether two does not divide it.',
      returns: 'bool',
      run: (_call, self) => self % 2 !== 0,
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
      run: (_call, self, { keywords: { fill, format } }) => {
        const { radix, prefix } = bases[format] ?? decimal;
        const lead = (self < 0 ? '-' : '') + prefix;
        return (
          lead +
          Math.abs(self)
            .toString(radix)
            .padStart(fill - lead.length, '0')
        );
      },
    }),
  ],
};

const decimal = { radix: 10, prefix: '' };
const bases: Readonly<Record<string, { readonly radix: number; readonly prefix: string }>> = {
  dec: decimal,
  hex: { radix: 16, prefix: '0x' },
  oct: { radix: 8, prefix: '0o' },
  bin: { radix: 2, prefix: '0b' },
};
