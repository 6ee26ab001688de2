import { exactInteger } from '../../base/exact-integer.ts';
import { versionMatches } from '../../base/version.ts';
import { anything, int, str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import {
  atLeastOne,
  type Method,
  type MethodTable,
  methodOf,
  optional,
  positional,
  rest,
} from '../declare.ts';
import { negated } from '../interpreter/integers.ts';
import { Limits } from '../interpreter/limits.ts';
import { showValue } from '../interpreter/show-value.ts';
import { notPrintable, stringify } from '../interpreter/stringify.ts';
import { lookInto, partsOfPath } from '../look-into.ts';
import type { Integer, Value } from '../value.ts';

const method = methodOf<string>();

/** They put texts together, whatever their letters are. */
const joining = ['format', 'join', 'strip'];

/** They say themselves which letters count. */
const careful = ['startswith', 'endswith', 'split'];

/** A method for which letters count. */
function looking(method: Method): Method {
  return {
    ...method,
    run: (call, self, bound) => {
      // What is given to methods of strings are values.
      lookInto(call, self, [bound.positional, bound.rest] as Value);
      return method.run(call, self, bound);
    },
  };
}

/** Methods of strings (Meson: "Reference manual", `str`). */
export const strMethods: MethodTable = {
  type: 'str',
  doc: 'A text. Strings never change.',
  label: 'str',
  methods: [
    method({
      name: 'contains',
      doc: 'Whether another string is part of it.',
      positional: [positional('fragment', str, 'What to look for.')],
      returns: 'bool',
      run: (_call, self, { positional: [fragment] }) => self.includes(fragment),
    }),
    method({
      name: 'startswith',
      doc: 'Whether it begins with another string.',
      positional: [positional('fragment', str, 'The beginning.')],
      returns: 'bool',
      run: (call, self, { positional: [fragment] }) => {
        if (fragment !== '/') lookInto(call, self, fragment);
        return self.startsWith(fragment);
      },
    }),
    method({
      name: 'endswith',
      doc: 'Whether it ends with another string.',
      positional: [positional('fragment', str, 'The end.')],
      returns: 'bool',
      run: (call, self, { positional: [fragment] }) => {
        lookInto(call, restOfPath(call, self, fragment.length), fragment);
        return self.endsWith(fragment);
      },
    }),
    method({
      name: 'format',
      doc: 'The string with `@0@`, `@1@`, … replaced by the arguments.',
      rest: rest('values', anything, 'What to put in.'),
      keepsLists: true,
      returns: 'str',
      run: (call, self, { rest: values }) => {
        const texts = values.map((value) => {
          const text = stringify(call, value);
          if (text !== undefined) return text;
          call.usesBroken(`str.format: ${notPrintable}`, '1.3.0');
          return showValue(call.evaluation, value);
        });
        return self.replace(/@(\d+)@/g, (_match, digits: string) => {
          return (
            texts[Number(digits)] ??
            call.fail(`Format placeholder @${Number(digits)}@ out of range.`)
          );
        });
      },
    }),
    method({
      name: 'join',
      doc: 'Joins strings, with itself between them.',
      rest: rest('strings', str, 'What to join.'),
      returns: 'str',
      run: (_call, self, { rest: strings }) => strings.join(self),
    }),
    method({
      name: 'replace',
      doc: 'The string with each occurrence of one text replaced by another.',
      since: '0.58.0',
      positional: [
        positional('old', str, 'What to look for.'),
        positional('new', str, 'What to put there.'),
      ],
      returns: 'str',
      run: (call, self, { positional: [old, fresh] }) => replaced(call, self, { old, fresh }),
    }),
    method({
      name: 'split',
      doc: 'Its parts between a separator; without one, its words.',
      positional: [optional('separator', str, 'What stands between the parts.')],
      returns: 'array[str]',
      run: (call, self, { positional: [separator] }) => {
        if (separator === '') call.fail('str.split() delimitier must not be an empty string');
        if (separator === '/') return partsOfPath(call, self);
        lookInto(call, self);
        if (separator !== undefined) return self.split(separator);
        return self.split(/\s+/).filter((word) => word !== '');
      },
    }),
    method({
      name: 'splitlines',
      doc: 'Its lines, without their ends.',
      since: '1.2.0',
      returns: 'array[str]',
      run: (_call, self) => splitLines(self),
    }),
    method({
      name: 'strip',
      doc: 'The string without white space, or other characters, at both ends.',
      positional: [optional('characters', str, 'The characters to take away.')],
      returns: 'str',
      run: (call, self, { positional: [characters] }) => {
        if (characters === undefined) return self.trim();
        call.uses('str.strip with a positional argument', '0.43.0');
        return stripped(self, characters);
      },
    }),
    method({
      name: 'substring',
      doc: 'A part of it, from one index to before another; negative ones count from the end.',
      since: '0.56.0',
      positional: [
        optional('start', int, 'The first character.'),
        optional('end', int, 'After the last.'),
      ],
      returns: 'str',
      run: (_call, self, { positional: [start = 0, end] }) => self.slice(start, end),
    }),
    method({
      name: 'to_int',
      doc: 'The number it stands for: decimal, or with `0x`, `0o`, `0b`.',
      returns: 'int',
      run: (call, self) => toInteger(call, self),
    }),
    method({
      name: 'to_lower',
      doc: 'In small letters.',
      returns: 'str',
      run: (_call, self) => self.toLowerCase(),
    }),
    method({
      name: 'to_upper',
      doc: 'In capital letters.',
      returns: 'str',
      run: (_call, self) => self.toUpperCase(),
    }),
    method({
      name: 'underscorify',
      doc: 'With `_` for all that is not a letter or digit of ASCII.',
      returns: 'str',
      run: (_call, self) => self.replace(/[^a-zA-Z0-9]/gu, '_'),
    }),
    method({
      name: 'version_compare',
      doc: 'Whether it, as a version, meets all requirements, as `>=1.2`.',
      rest: atLeastOne('requirements', str, 'The requirements.'),
      returns: 'bool',
      // Who calls it tells of several requirements: since when they are there depends on whose version it is.
      run: (_call, self, { rest: requirements }) =>
        requirements.every((requirement) => versionMatches(self, requirement)),
    }),
  ].map((method) => ([...joining, ...careful].includes(method.name) ? method : looking(method))),
};

/** Empty where the last letters of a text belong to a path in the build directory, whatever that is called. */
function restOfPath({ evaluation: { buildRoot } }: Call, text: string, letters: number): string {
  const at = text.lastIndexOf(`${buildRoot}/`);
  return at !== -1 && text.length - at - buildRoot.length >= letters ? '' : text;
}

/** A text that would be too long is refused before it is made. */
function replaced(
  call: Call,
  text: string,
  { old, fresh }: { readonly old: string; readonly fresh: string },
): string {
  const growth = fresh.length - old.length;
  let length = text.length;
  const most = length + (length + 1) * Math.max(growth, 0);
  if (most > Limits.text && old !== '') {
    for (let at = text.indexOf(old); at !== -1; at = text.indexOf(old, at + old.length)) {
      length += growth;
      if (length > Limits.text) return call.fail('The string is too long.');
    }
  } else if (most > Limits.text) return call.fail('The string is too long.');
  return text.replaceAll(old, fresh.replaceAll('$', '$$$$'));
}

/** Python's line ends; a last one ends no further line. */
function splitLines(text: string): readonly string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Python ends lines at these as well
  const lines = text.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function stripped(text: string, characters: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && characters.includes(text.charAt(start))) start++;
  while (end > start && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

/** Python's `int()`: decimal first, so that leading zeros count for nothing, then by prefix. */
function toInteger(call: Call, text: string): Integer {
  const [, sign = '', digits = ''] = /^\s*([+-]?)(.*?)\s*$/s.exec(text) ?? [];
  const plain = digits.replace(/(?<=[\da-fA-Fxob])_(?=[\da-fA-F])/g, '');
  const known = /^(\d+|0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/.test(plain);
  if (!known) return call.fail(`String '${text}' cannot be converted to int`);
  const value = exactInteger(plain);
  return sign === '-' ? negated(value) : value;
}
