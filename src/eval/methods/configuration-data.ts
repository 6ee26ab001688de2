import { pythonRepr } from '../../base/python-repr.ts';
import {
  type ArgumentType,
  bool,
  exactInt,
  mismatch,
  object,
  oneOf,
  orNothing,
  str,
} from '../argument-type.ts';
import type { Call } from '../call.ts';
import { keyword, type MethodTable, methodOf, optional, positional } from '../declare.ts';
import { reprValue } from '../interpreter/show-value.ts';
import {
  type ConfigurationDataObject,
  configurationDataType,
} from '../objects/configuration-data.ts';
import { force, type Integer, isInteger, type Known, Pending, type Value } from '../value.ts';

const method = methodOf<ConfigurationDataObject>();
const scalar = oneOf<string | Integer | boolean>(str, exactInt, bool);

/** A scalar, or the answer of a check that nobody has needed yet: setting does not look at it. */
function orPending<T>(type: ArgumentType<T>): ArgumentType<T | Pending> {
  return {
    names: type.names,
    read: (value) => (value instanceof Pending ? value : type.read(value)),
  };
}

const name = positional('name', str, 'The entry.');
const description = keyword(orNothing(str), undefined, 'A comment in the file that is made.');

/** Methods of `configuration_data()` (Meson: "Reference manual", `cfg_data`). */
export const configurationDataMethods: MethodTable = {
  type: configurationDataType,
  doc: 'Values by name, for `configure_file`.',
  label: 'configuration_data',
  describe: ({ entries }: ConfigurationDataObject, evaluation) => {
    const shown = [...entries].map(([key, { value, description }]) => {
      const pair = [value, description].map((one) => reprValue(evaluation, one)).join(', ');
      return `${pythonRepr(key)}: (${pair})`;
    });
    return `{${shown.join(', ')}}`;
  },
  methods: [
    method({
      name: 'set',
      doc: 'Sets an entry.',
      positional: [name, positional('value', orPending(scalar), 'Its value.')],
      keywords: { description },
      returns: 'void',
      run: (call, self, { positional: [key, value], keywords }) =>
        put(call, self, { key, value, description: keywords.description }),
    }),
    method({
      name: 'set10',
      doc: 'Sets an entry to 1 for true, 0 for false.',
      positional: [
        name,
        positional('value', orPending(oneOf<Integer | boolean>(exactInt, bool)), 'What decides.'),
      ],
      keywords: { description },
      returns: 'void',
      run: (call, self, { positional: [key, value], keywords }) => {
        if (isInteger(value)) tellOfNumber(call, value);
        const number =
          value instanceof Pending ? new Pending(() => as10(force(value))) : as10(value);
        return put(call, self, { key, value: number, description: keywords.description });
      },
    }),
    method({
      name: 'set_quoted',
      doc: 'Sets an entry to a text in double quotes.',
      positional: [name, positional('value', str, 'The text.')],
      keywords: { description },
      returns: 'void',
      run: (call, self, { positional: [key, value], keywords }) =>
        put(call, self, {
          key,
          value: `"${value.replaceAll('"', '\\"')}"`,
          description: keywords.description,
        }),
    }),
    method({
      name: 'has',
      doc: 'Whether there is an entry.',
      positional: [positional('name', scalar, 'The entry.')],
      returns: 'bool',
      run: (_call, self, { positional: [key] }) => typeof key === 'string' && self.entries.has(key),
    }),
    method({
      name: 'get',
      otherLabels: { feature: 'configuration_data.get()' },
      doc: 'The value of an entry.',
      since: '0.38.0',
      positional: [name, optional('fallback', scalar, 'The answer when there is none.')],
      returns: 'str | int | bool',
      run: (call, self, { positional: [key, fallback] }) => lookUp(call, self, { key, fallback }),
    }),
    method({
      name: 'get_unquoted',
      otherLabels: { feature: 'configuration_data.get_unquoted()' },
      doc: 'The value of an entry without double quotes around it.',
      since: '0.44.0',
      positional: [name, optional('fallback', scalar, 'The answer when there is none.')],
      returns: 'str | int | bool',
      run: (call, self, { positional: [key, fallback] }) => {
        const value = force(lookUp(call, self, { key, fallback }));
        return typeof value === 'string' && /^".*"$/s.test(value) ? value.slice(1, -1) : value;
      },
    }),
    method({
      name: 'keys',
      otherLabels: { feature: 'configuration_data.keys()' },
      doc: 'The names of all entries, sorted.',
      since: '0.57.0',
      returns: 'array[str]',
      run: (_call, self) => [...self.entries.keys()].sort(),
    }),
    method({
      name: 'merge_from',
      quietSince: '0.42.0',
      doc: 'Takes over all entries of another.',
      positional: [positional('other', object(configurationDataType), 'The other.')],
      returns: 'void',
      run: (_call, self, { positional: [other] }) => {
        for (const [key, entry] of other.entries) self.entries.set(key, entry);
        return undefined;
      },
    }),
  ],
};

/** What it counts for: numbers stay what they are. */
function as10(value: Known): Value {
  return isInteger(value) ? value : Number(value);
}

function put(
  call: Call,
  self: ConfigurationDataObject,
  {
    key,
    value,
    description,
  }: { readonly key: string; readonly value: Value; readonly description: string | undefined },
): undefined {
  if (self.used) call.fail('Can not set values on configuration object that has been used.');
  self.entries.set(key, { value: checkedLater(call, value), description });
  return undefined;
}

/** A pending value is seen to be a scalar when it is there. */
function checkedLater(call: Call, value: Value): Value {
  if (!(value instanceof Pending)) return value;
  return new Pending(() => {
    const known = force(value);
    return scalar.read(known) === mismatch
      ? call.fail('configuration_data.set got a value of a wrong type')
      : known;
  });
}

function lookUp(
  call: Call,
  self: ConfigurationDataObject,
  { key, fallback }: { readonly key: string; readonly fallback: Value },
): Value {
  const entry = self.entries.get(key);
  if (entry !== undefined) return entry.value;
  return fallback ?? call.fail(`Entry ${key} not in configuration data.`);
}

function tellOfNumber(call: Call, value: Integer): void {
  call.deprecated(
    'configuration_data.set10 with number. The `set10` method should only be used with booleans',
  );
  if (value < 0) {
    call.warn(
      'Passing a number that is less than 0 may not have the intended result, as meson will treat all non-zero values as true.',
    );
  }
}
