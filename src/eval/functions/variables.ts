import { didYouMean } from '../../base/close-match.ts';
import { anything, object, oneOf, str } from '../argument-type.ts';
import { builtin, optional, positional } from '../declare.ts';
import { builtinsOf, builtinVariable } from '../interpreter/builtins.ts';
import { defaultObject, defaultType } from '../objects/default.ts';
import { disablerType } from '../objects/disabler.ts';
import { isA, isObject, type ObjectValue } from '../value.ts';

export const setVariable = builtin({
  name: 'set_variable',
  doc: 'Gives a variable a value.',
  positional: [positional('name', str, 'Its name.'), positional('value', anything, 'Its value.')],
  returns: 'void',
  takesDisablers: true,
  keepsLists: true,
  run: (call, { positional: [name, value] }) => {
    if (builtinsOf(call.evaluation).variables.has(name))
      call.fail(`Tried to overwrite internal variable "${name}"`);
    if (!/^[_a-zA-Z][_0-9a-zA-Z]*$/.test(name)) call.fail(`Invalid variable name: ${name}`);
    // As in an assignment, what can change is copied.
    const copy = isObject(value) && value.clone !== undefined ? value.clone() : value;
    call.scope.variables.set(name, copy);
    return undefined;
  },
});

export const getVariable = builtin({
  name: 'get_variable',
  doc: 'The value of a variable, or a fallback.',
  positional: [
    positional(
      'name',
      oneOf<string | ObjectValue>(str, object(disablerType), object(defaultType)),
      'The name of the variable.',
    ),
    optional('fallback', anything, 'The value when there is no such variable.'),
  ],
  returns: 'any',
  takesDisablers: true,
  keepsLists: true,
  run: (call, { positional: [name, fallback] }) => {
    if (typeof name !== 'string' || isA(name, disablerType)) return name;
    const { evaluation, scope } = call;
    if (builtinsOf(evaluation).variables.has(name)) return builtinVariable(evaluation, scope, name);
    if (scope.variables.has(name)) return scope.variables.get(name);
    if (fallback !== undefined) return fallback;
    const near = didYouMean(name, scope.variables.keys());
    return call.fail(`Tried to get unknown variable "${name}".${near}`);
  },
});

export const isVariable = builtin({
  name: 'is_variable',
  quietSince: '0.52.0',
  doc: 'Whether a variable has a value.',
  positional: [positional('name', str, 'Its name.')],
  returns: 'bool',
  run: (call, { positional: [name] }) => call.scope.variables.has(name),
});

export const unsetVariable = builtin({
  name: 'unset_variable',
  doc: 'Makes a variable unknown again.',
  since: '0.60.0',
  positional: [positional('name', str, 'Its name.')],
  returns: 'void',
  takesDisablers: true,
  run: (call, { positional: [name] }) => {
    if (!call.scope.variables.delete(name)) {
      const near = didYouMean(name, call.scope.variables.keys());
      call.fail(`Tried to unset unknown variable "${name}".${near}`);
    }
    return undefined;
  },
});

/** `default()`: an argument that counts as not given. */
export const defaultFunction = builtin({
  name: 'default',
  doc: 'An argument that counts as not given.',
  since: '1.12.0',
  returns: 'any',
  run: () => defaultObject,
});
