import { didYouMean } from '../../base/close-match.ts';
import type { Span } from '../../diag/source.ts';
import { failAt } from '../evaluation-error.ts';
import { disablerType } from '../objects/disabler.ts';
import { force, isA, isObject, type Value } from '../value.ts';
import { builtinsOf, builtinVariable } from './builtins.ts';
import { currentPlace, type Frame } from './frame.ts';
import { makeCall } from './make-call.ts';
import { operate } from './operators.ts';

/** The value of a name; `at` tells where it stands, where that is not where a headline points. */
export function variable(frame: Frame, name: string, at?: Span): Value {
  const { evaluation, scope } = frame;
  if (builtinsOf(evaluation).variables.has(name)) return builtinVariable(evaluation, scope, name);
  if (scope.variables.has(name)) return scope.variables.get(name);
  const near = didYouMean(name, scope.variables.keys());
  const hint = otherLanguages.get(name);
  return failAt(currentPlace(frame), `Unknown variable name "${name}".${near}`, {
    invalidCode: true,
    ...(at === undefined ? {} : { focus: at }),
    ...(hint === undefined ? {} : { hint }),
  });
}

/** Words that mean something elsewhere. */
const otherLanguages: ReadonlyMap<string, string> = new Map([
  ...['True', 'TRUE', 'ON', 'yes', 'on'].map((word) => [word, 'Write "true".'] as const),
  ...['False', 'FALSE', 'OFF', 'no', 'off'].map((word) => [word, 'Write "false".'] as const),
  ...['None', 'null', 'nil', 'NULL'].map(
    (word) => [word, "There is no such value; [] or '' often stands for nothing."] as const,
  ),
]);

/** Gives a name a value: a copy, where the value could change. */
export function assign(frame: Frame, name: string, value: Value): void {
  setVariable(frame, name, isObject(value) && value.clone !== undefined ? value.clone() : value);
}

/** Gives a name a value itself, as `foreach` and `set_variable` do. */
export function setVariable(frame: Frame, name: string, value: Value): void {
  const fail = (message: string): never => failAt(currentPlace(frame), message);
  if (value === undefined) fail('Can not assign void to variable.');
  if (builtinsOf(frame.evaluation).variables.has(name))
    fail(`Tried to overwrite internal variable "${name}"`);
  frame.scope.variables.set(name, value);
}

/** `name += addition`. */
export function assignPlus(frame: Frame, name: string, addition: Value): void {
  const right = force(addition);
  if (right === undefined)
    failAt(currentPlace(frame), "Cannot perform 'plus assign' operation on void statement.");
  const left = force(variable(frame, name));
  if (isA(left, disablerType)) return;
  const call = makeCall(frame, '+=');
  setVariable(frame, name, operate(call, { operator: '+', left, right, plusAssign: true }));
}
