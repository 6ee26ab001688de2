import { closeMatch } from '../../base/close-match.ts';
import { flattened, mismatch } from '../argument-type.ts';
import type { Call } from '../call.ts';
import type { BoundArguments, Builtin, Keyword } from '../declare.ts';
import { defaultType } from '../objects/default.ts';
import { isA, isList, type Value } from '../value.ts';
import { describeType, typeName } from './show-value.ts';
import { wrongTypeHint } from './wrong-type-hint.ts';

/** A call's arguments, evaluated and not yet looked at. */
export interface RawArguments {
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
}

type Declared = Omit<Builtin, 'run'>;
type Bound = BoundArguments<readonly unknown[], unknown, Readonly<Record<string, unknown>>>;

/** Checks a call against its declaration, in Meson's order and words, and converts the arguments. */
export function bindArguments(call: Call, declared: Declared, raw: RawArguments): Bound {
  const { since, deprecated } = declared;
  if (since !== undefined) call.uses(featureOf(declared), since);
  if (deprecated !== undefined)
    call.usesDeprecated(featureOf(declared), deprecated.since, deprecated.instead);
  const values = declared.keepsLists ? raw.positional : [...flattened(raw.positional)];
  const positional = bindPositional(call, declared, values);
  return { ...positional, ...bindKeywords(call, declared, raw.keywords) };
}

/** What messages call it. */
function labelOf({ label, name }: Declared): string {
  return label ?? name;
}

/** The same in messages of its age. */
function featureOf(declared: Declared): string {
  return declared.otherLabels?.feature ?? labelOf(declared);
}

/** The same in messages of positional arguments. */
function positionalLabelOf(declared: Declared): string {
  return declared.otherLabels?.positional ?? labelOf(declared);
}

function bindPositional(call: Call, declared: Declared, values: readonly Value[]) {
  const { positional, rest } = declared;
  if (positional.length === 0 && rest === undefined && values.length > 0)
    call.fail('Function does not take positional arguments.', { at: call.argumentPlace(0) });
  checkCount(call, declared, values.length);
  const types = [...positional.map(({ type }) => type)];
  const bound = values.map((value, at) => {
    const type = types[at] ?? rest?.type;
    const read = type === undefined ? mismatch : type.read(value);
    if (type !== undefined && read === mismatch) {
      const names = type.names.map((name) => `"${name}"`).join(', ');
      const wanted = type.names.length > 1 ? `one of: ${names}` : names;
      const label = positionalLabelOf(declared);
      const message = `${label} argument ${at + 1} was of type "${typeName(value)}" but should have been ${wanted}`;
      return isA(value, defaultType)
        ? call.fail(`default() objects are not allowed for ${defaultPlace(declared, at)} arguments`)
        : call.fail(message, { at: call.argumentPlace(at), ...hinted(type.names, value) });
    }
    return read;
  });
  const fixed = bound.slice(0, positional.length);
  while (fixed.length < positional.length) fixed.push(undefined);
  return { positional: fixed, rest: bound.slice(positional.length) };
}

function hinted(names: readonly string[], value: Value): { readonly hint?: string } {
  const hint = wrongTypeHint(names, value);
  return hint === undefined ? {} : { hint };
}

function defaultPlace({ positional, rest }: Declared, at: number): string {
  if (at < positional.length && positional[at]?.optional !== true) return 'required positional';
  return rest === undefined ? 'optional positional' : 'variadic';
}

function checkCount(call: Call, declared: Declared, count: number): void {
  const { positional, rest } = declared;
  const required = positional.filter(({ optional }) => !optional).length;
  const say = (how: string): never =>
    call.fail(`${positionalLabelOf(declared)} takes ${how} arguments, but got ${count}.`);
  if (rest !== undefined) {
    const min = required + rest.min;
    if (count < min) say(`at least ${min}`);
  } else if (required < positional.length) {
    if (count < required) say(`at least ${required}`);
    if (count > positional.length) say(`at most ${positional.length}`);
  } else if (count !== required) say(`exactly ${required}`);
}

function bindKeywords(call: Call, bindable: Declared, given: ReadonlyMap<string, Value>) {
  const { keywords, anyKeywords } = bindable;
  const { entries, defaults, demanding } = prepared(keywords);
  if (given.size === 0 && !demanding) return { keywords: { ...defaults }, given: noNames };
  const label = labelOf(bindable);
  const names = entries.map(([name]) => name);
  if (names.length === 0 && given.size > 0 && !anyKeywords)
    call.fail('Function does not take keyword arguments.', {
      at: call.keywordPlace([...given.keys()][0] ?? ''),
    });
  const unknown = [...given.keys()].filter((name) => !(name in keywords)).sort();
  if (unknown.length > 0 && !anyKeywords) {
    const list = unknown.map((name) => {
      const near = closeMatch(name, names);
      return near === undefined ? `"${name}"` : `"${name}" (did you mean "${near}"?)`;
    });
    call.fail(`${label} got unknown keyword arguments ${list.join(', ')}`, {
      at: call.keywordPlace(unknown[0] ?? ''),
    });
  }
  const bound: Record<string, unknown> = { ...defaults };
  const written = new Set<string>();
  for (const [name, declared] of entries) {
    const value = given.get(name);
    const missing = value === undefined || isA(value, defaultType);
    if (missing && declared.required) requiredMissing(call, { label, name, value });
    if (!missing) {
      written.add(name);
      bound[name] = bindKeyword(call, { label, name, declared, value });
    } else if (declared.unsetWarning !== undefined) call.unplaced.warn(declared.unsetWarning);
  }
  if (anyKeywords) for (const [name, value] of given) if (!(name in bound)) bound[name] = value;
  return { keywords: bound, given: written };
}

/** What is the same for all calls with these keywords. */
interface Prepared {
  readonly entries: readonly (readonly [name: string, declared: Keyword<unknown>])[];
  readonly defaults: Readonly<Record<string, unknown>>;
  /** There is something to say where one is not given. */
  readonly demanding: boolean;
}

const known = new WeakMap<Declared['keywords'], Prepared>();

const noNames: ReadonlySet<string> = new Set();

function prepared(keywords: Declared['keywords']): Prepared {
  const found = known.get(keywords);
  if (found !== undefined) return found;
  const entries = Object.entries(keywords);
  const made: Prepared = {
    entries,
    defaults: Object.fromEntries(entries.map(([name, one]) => [name, one.default])),
    demanding: entries.some(([, one]) => one.required || one.unsetWarning !== undefined),
  };
  known.set(keywords, made);
  return made;
}

/** A value that is there all the same is `default()`. */
function requiredMissing(
  call: Call,
  { label, name, value }: { readonly label: string; readonly name: string; readonly value: Value },
): never {
  return call.fail(
    value !== undefined
      ? `"${label}" got a default() value for the required keyword argument "${name}". default() may not be used for required keyword arguments.`
      : `${label} is missing required keyword argument "${name}"`,
  );
}

function bindKeyword(
  call: Call,
  {
    label,
    name,
    declared,
    value,
  }: {
    readonly label: string;
    readonly name: string;
    readonly declared: Keyword<unknown>;
    readonly value: Value;
  },
): unknown {
  if (declared.since !== undefined)
    call.uses(`${name} arg in ${label}`, declared.since, declared.sinceNote);
  if (declared.deprecated !== undefined) {
    const { since, instead } = declared.deprecated;
    call.usesDeprecated(`${name} arg in ${label}`, since, instead);
  }
  const nothing = declared.asDefault?.find(({ text }) => text === value);
  if (nothing !== undefined) {
    const feature = `Using '${nothing.text}' as an empty value in ${name}`;
    call.usesBroken(feature, nothing.broken.since, nothing.broken.instead);
    return declared.default;
  }
  const { type } = declared;
  const read = type.read(value);
  if (read === mismatch) {
    const shown = type.listifies === true && !isList(value) ? [value] : value;
    const types = (type.names.length > 1 ? 'one of: ' : '') + type.names.join(', ');
    const parts = [...flattened(isList(shown) ? shown : [shown])];
    const notes = parts.flatMap((part) => declared.wrongType?.(part, call.evaluation) ?? []);
    const wanted = [types, ...notes].join('. ');
    return call.fail(
      `${label} keyword argument '${name}' was of type ${describeType(shown)} but should have been ${wanted}`,
      { at: call.argumentPlace(name), ...hinted(type.names, value) },
    );
  }
  const wrong = declared.check?.(read);
  if (wrong !== undefined)
    call.fail(`${label} keyword argument "${name}" ${wrong}`, { at: call.argumentPlace(name) });
  for (const { feature, since, deprecated, broken, whole, used } of declared.sinceValues ?? []) {
    if (!used(read)) continue;
    const what = whole === true ? feature : `"${label}" keyword argument "${name}" ${feature}`;
    if (since !== undefined) call.uses(what, since);
    if (deprecated !== undefined) call.usesDeprecated(what, deprecated.since, deprecated.instead);
    if (broken !== undefined) call.usesBroken(what, broken.since, broken.instead);
  }
  return read;
}
