import { type ArgumentType, dictOf, listOf, mismatch, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { type Keyword, keyword } from '../../declare.ts';
import { isDictionary, type Value } from '../../value.ts';

/** Variables of a .pc file: `name=value` texts, or a dictionary. */
type Variables = string | readonly string[] | ReadonlyMap<string, string>;

const variablesType: ArgumentType<Variables> = {
  names: ['str', 'array[str]', 'dict[str]'],
  read: (value: Value) => {
    if (typeof value === 'string') return value;
    const read = isDictionary(value) ? dictOf(str).read(value) : listOf(str).read(value);
    return read === mismatch ? mismatch : read;
  },
};

/**
 * A keyword of `pkgconfig.generate()` that takes variables of the `.pc` file, as texts or as a dictionary.
 */
export function variables(doc: string, since: string, dictSince?: string): Keyword<Variables> {
  return keyword<Variables>(variablesType, new Map(), doc, {
    since,
    check: checkVariables,
    ...(dictSince === undefined
      ? {}
      : {
          sinceValues: [
            {
              feature: 'of type dict',
              since: dictSince,
              used: (value: Variables) => isDictionary(value),
            },
          ],
        }),
  });
}

function checkVariables(given: Variables): string | undefined {
  if (!isDictionary(given)) {
    const wrong = [given].flat().find((one) => !one.includes('='));
    if (wrong !== undefined)
      return `variable '${wrong}' must have a value separated by equals sign.`;
  }
  for (const name of pairsOf(given).keys()) {
    if (name === '') return 'empty variable name';
    if (/\s/.test(name)) return `invalid whitespace in variable name '${name}'`;
  }
  return undefined;
}

function pairsOf(given: Variables): ReadonlyMap<string, string> {
  if (isDictionary(given)) return given;
  const list = [given].flat();
  return new Map(
    list.map((text) => {
      const at = text.indexOf('=');
      return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
    }),
  );
}

/** Variables of a `.pc` file by name, from any way to write them; ends evaluation at a reserved name. */
export function variablesOf(
  call: Call,
  given: Variables,
  reserved: readonly string[],
): ReadonlyMap<string, string> {
  const pairs = pairsOf(given);
  for (const [name, value] of pairs) {
    if (value === '') call.uses('empty variable value in pkg.generate', '1.4.0');
    if (reserved.includes(name)) call.fail(`Variable "${name}" is reserved`);
  }
  return pairs;
}
