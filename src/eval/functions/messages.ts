import { anything, bool, oneOfWords, str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import { type Builtin, builtin, keyword, optional, positional, rest } from '../declare.ts';
import { notPrintable, stringify } from '../interpreter/stringify.ts';
import { disabler, disablerType } from '../objects/disabler.ts';
import { expectErrorType } from '../objects/expect-error.ts';
import { force, isA } from '../value.ts';
import { conditionText } from './condition-text.ts';

/** A function that prints its arguments somewhere. */
function printing(
  {
    name,
    doc,
    since,
    many,
  }: {
    readonly name: string;
    readonly doc: string;
    readonly since?: string;
    readonly many?: string;
  },
  print: (call: Call, text: string) => void,
): Builtin {
  return builtin({
    name,
    doc,
    ...(since === undefined ? {} : { since }),
    rest: rest('text', anything, 'What is printed, with spaces between.'),
    returns: 'void',
    keepsLists: true,
    run: (call, { rest: values }) => {
      if (values.length > 1 && many !== undefined)
        call.uses(`${name} with more than one argument`, many);
      const texts = values.map(
        (value) => stringify(call, value) ?? call.fail(`${name}(): ${notPrintable}`),
      );
      print(call, texts.join(' '));
      return undefined;
    },
  });
}

export const message = printing(
  { name: 'message', doc: 'Prints its arguments.', many: '0.54.0' },
  (call, text) => call.evaluation.log(`Message: ${text}`),
);
export const warning = printing(
  { name: 'warning', doc: 'Prints a warning.', since: '0.44.0', many: '0.54.0' },
  (call, text) => call.warn(text),
);
export const error = printing(
  { name: 'error', doc: 'Prints an error and ends evaluation.', many: '0.58.0' },
  (call, text) => call.fail(`Problem encountered: ${text}`),
);
export const debug = printing(
  { name: 'debug', doc: 'Prints to the log file only.', since: '0.63.0' },
  (call, text) => call.evaluation.detail(`Debug: ${text}`),
);

export const assert = builtin({
  name: 'assert',
  doc: 'Ends evaluation with an error unless the condition holds.',
  positional: [
    positional('condition', bool, 'What must hold.'),
    optional('message', str, 'What is said if it does not.'),
  ],
  returns: 'void',
  run: (call, { positional: [condition, text] }) => {
    if (text === undefined) call.uses('assert function without message argument', '0.53.0');
    const at = call.argumentPlace(0);
    if (!condition) call.fail(`Assert failed: ${text ?? conditionText(at)}`, { at });
    return undefined;
  },
});

export const isDisabler = builtin({
  name: 'is_disabler',
  doc: 'Whether a value is a disabler.',
  since: '0.52.0',
  positional: [positional('value', anything, 'Any value.')],
  returns: 'bool',
  takesDisablers: true,
  run: (_call, { positional: [value] }) => isA(force(value), disablerType),
});

export const disablerFunction = builtin({
  name: 'disabler',
  doc: 'A disabler: whatever touches it becomes one.',
  since: '0.44.0',
  returns: 'disabler',
  run: () => disabler,
});

/** `testcase expect_error(…)`: Meson's own tests only. */
export const expectError = builtin({
  name: 'expect_error',
  doc: 'For `testcase`: the error that its block must end with.',
  positional: [positional('message', str, 'The whole message, or a pattern of its beginning.')],
  keywords: {
    how: keyword(str, 'literal', 'Whether the message is a pattern.', {
      check: oneOfWords(['literal', 're']),
    }),
  },
  returns: 'void',
  run: (_call, { positional: [pattern], keywords: { how } }) => ({
    type: expectErrorType,
    pattern,
    matches: (text: string) =>
      how === 'literal' ? text === pattern : new RegExp(`^(?:${pattern})`).test(text),
  }),
});
