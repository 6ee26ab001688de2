import { didYouMean } from '../../base/close-match.ts';
import type { Span } from '../../diag/source.ts';
import type { Call } from '../call.ts';
import type { Builtin, Method, MethodTable } from '../declare.ts';
import type { Evaluation } from '../evaluation.ts';
import { failAt } from '../evaluation-error.ts';
import { disabler, disablerType } from '../objects/disabler.ts';
import { type ModuleObject, moduleType } from '../objects/module.ts';
import { force, isA, isDictionary, isList, type ObjectType, type Value } from '../value.ts';
import { admitted } from './admitted.ts';
import { bindArguments, type RawArguments } from './bind-arguments.ts';
import { builtinsOf } from './builtins.ts';
import { currentPlace, type Frame } from './frame.ts';
import { Limits, tooManySteps } from './limits.ts';
import { type ArgumentSpans, makeCall } from './make-call.ts';
import { showHolder, typeName } from './show-value.ts';

/** The arguments of a call, and where they were written. */
export interface GivenArguments {
  readonly args: RawArguments;
  readonly spans: ArgumentSpans;
}

/** Calls a function of the language by its name. The frame looks at the call. */
export function callFunction(frame: Frame, name: string, given: GivenArguments): Value {
  const { functions } = builtinsOf(frame.evaluation);
  const declared = functions.get(name);
  if (hasDisabler(given.args) && declared?.takesDisablers !== true) return disabler;
  if (declared === undefined) return failUnknownFunction(frame, name);
  return runBuiltin(frame, declared, given);
}

/** Ends evaluation at a function that nobody knows, with the nearest name. */
export function failUnknownFunction(frame: Frame, name: string, focus?: Span): never {
  const near = didYouMean(name, builtinsOf(frame.evaluation).functions.keys());
  return failAt(currentPlace(frame), `Unknown function "${name}".${near}`, {
    invalidCode: true,
    ...(focus === undefined ? {} : { focus }),
  });
}

/** Calls what is declared as a function: of the language, or of a module. */
function runBuiltin(frame: Frame, declared: Builtin, { args, spans }: GivenArguments): Value {
  const call = makeCall(frame, declared.name, spans);
  if (!frame.evaluation.limits.step(Limits.call)) call.fail(tooManySteps);
  const bound = bindArguments(call, declared, args);
  return admitted(call, declared.run(call, bound));
}

/** Calls a method of a value. The frame looks at the call. */
export function callMethod(
  frame: Frame,
  { object, name }: { readonly object: Value; readonly name: string },
  given: GivenArguments,
): Value {
  const self = force(object);
  if (isA(self, disablerType)) return name === 'found' ? false : disabler;
  if (isA(self, moduleType)) {
    if (name === 'found') return self.module !== undefined;
    return runBuiltin(frame, functionOf(frame, self, name), given);
  }
  const methods = methodsOf(frame.evaluation, self);
  const method = methods.get(name);
  if (method !== undefined) {
    const call = makeCall(frame, name, given.spans);
    const bound = bindArguments(call, method, given.args);
    // The method was found by the type of the object.
    return admitted(call, method.run(call, self as never, bound));
  }
  const { text, type } = showHolder(frame.evaluation, self);
  const near = didYouMean(name, methods.keys());
  return failAt(
    currentPlace(frame),
    `Unknown method "${name}" in object ${text} of type ${type}.${near}`,
    { invalidCode: true, ...(near === '' && { hint: methodsHint(methods) }) },
  );
}

/** Where none is like the one that was written. A compiler has more than a line can hold. */
function methodsHint(methods: ReadonlyMap<string, Method>): string {
  if (methods.size === 0) return 'It has no methods.';
  return methods.size > 20
    ? '"kaon help objects" leads to its methods.'
    : `Its methods: ${[...methods.keys()].sort().join(', ')}.`;
}

/** A function of a module, under the name that messages know it by. */
function functionOf(
  frame: Frame,
  { module, name: moduleName }: ModuleObject,
  name: string,
): Builtin {
  const functions = module?.functions ?? [];
  const declared = functions.find((one) => one.name === name);
  if (declared === undefined) {
    const near = didYouMean(
      name,
      functions.map((one) => one.name),
    );
    // Meson says no more of the object.
    const hint =
      module &&
      `The object is the module "${module.name}": "kaon help ${module.name}" lists its functions.`;
    return makeCall(frame, name).fail(
      `Unknown method "${name}" in object.${near}`,
      hint === undefined ? {} : { hint },
    );
  }
  const label = declared.label ?? `${moduleName}.${name}`;
  if (!frame.scope.mesonVersion.declared)
    makeCall(frame, name).fail(
      `Module methods (${label}) cannot be invoked during project declaration.`,
    );
  return { ...declared, label };
}

/** Found once for each type. */
const methodsByType = new WeakMap<
  readonly MethodTable[],
  Map<ObjectType | string, ReadonlyMap<string, Method>>
>();

/** The methods of a value's type and of those it extends, nearest first, with the labels that messages know them by. */
function methodsOf(evaluation: Evaluation, value: Value): ReadonlyMap<string, Method> {
  const { methods: tables } = builtinsOf(evaluation);
  const known = methodsByType.get(tables) ?? new Map();
  methodsByType.set(tables, known);
  const type =
    typeof value === 'object' && !isList(value) && !isDictionary(value) && 'type' in value
      ? value.type
      : typeName(value);
  const found = known.get(type);
  if (found !== undefined) return found;
  const methods = new Map<string, Method>();
  for (const wanted of typeof type === 'string' ? [type] : withBases(type))
    for (const table of tables)
      if (table.type === wanted)
        for (const method of table.methods)
          if (!methods.has(method.name)) methods.set(method.name, labelled(method, table));
  known.set(type, methods);
  return methods;
}

function labelled(method: Method, { label }: MethodTable): Method {
  return {
    ...method,
    label: method.label ?? (label === undefined ? '' : `${label}.`) + method.name,
  };
}

function withBases(type: ObjectType): readonly ObjectType[] {
  return [type, ...type.extends.flatMap(withBases)];
}

/** Whether a disabler is among the arguments: the call then gives one itself. */
export function hasDisabler({ positional, keywords }: RawArguments): boolean {
  for (const value of positional) if (isDisabled(value)) return true;
  for (const value of keywords.values()) if (isDisabled(value)) return true;
  return false;
}

/** Long lists without a disabler: the same list is given to many calls, and lists never change. */
const harmless = new WeakSet<readonly Value[]>();

function isDisabled(value: Value): boolean {
  if (typeof value !== 'object') return false;
  if (!isList(value)) return isA(value, disablerType);
  if (value.length < 8) return value.some(isDisabled);
  if (harmless.has(value)) return false;
  const found = value.some(isDisabled);
  if (!found) harmless.add(value);
  return found;
}

/** What the method `found()` of a value says; undefined where it has none. */
export function isFound(call: Call, value: Value): boolean | undefined {
  const self = force(value);
  if (isA(self, disablerType)) return false;
  if (isA(self, moduleType)) return self.module !== undefined;
  const method = methodsOf(call.evaluation, self).get('found');
  const none = { positional: [], rest: [], keywords: {}, given: new Set<string>() };
  // The method was found by the type of the object.
  return method === undefined ? undefined : force(method.run(call, self as never, none)) === true;
}
