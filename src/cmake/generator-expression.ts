import { compareVersions } from '../base/version.ts';
import { configuredProperty } from './targets/imported-location.ts';
import type { TraceTarget } from './trace/trace-facts.ts';

/** What generator expressions are worth something in. */
export interface ExpressionContext {
  readonly targets: ReadonlyMap<string, TraceTarget>;
  readonly isDebug: boolean;
  /** `Debug`, `Release`, …: what `$<CONFIG>` is. */
  readonly configuration: string;
  /** Compilers by CMake's language (`C`, `CXX`), as `$<CXX_COMPILER_ID>` and `…_VERSION` name them. */
  readonly compilers: ReadonlyMap<string, { readonly id: string; readonly version: string }>;
  /** As `$<PLATFORM_ID>` names it. */
  readonly platform: string;
  /** Where a target of the project itself will lie; undefined for others. */
  readonly artifact: (target: string) => string | undefined;
  readonly warn: (message: string) => void;
}

/** An expression that is being read: all before the first colon is its name. */
interface Open {
  name: string | undefined;
  /** Parts between commas; what nested expressions give is never split. */
  readonly parts: string[];
  /** Inside of what a false condition leaves out: nothing in it is told of. */
  readonly dead: boolean;
}

/**
 * Replaces the generator expressions of a text (`$<IF:$<BOOL:x>,a,b>`), from the inside out. What is
 * unknown counts as nothing, and is told. `own` is the target whose property the text is.
 *
 * Nesting is a list, not recursion: the text comes from another program, and may be of any depth.
 */
export function evaluateExpressions(
  text: string,
  context: ExpressionContext,
  own?: TraceTarget,
): string {
  if (!text.includes('$<')) return text;
  const open: Open[] = [];
  let result = '';
  const emit = (piece: string): void => {
    const top = open.at(-1);
    if (top === undefined) result += piece;
    else top.parts.push((top.parts.pop() ?? '') + piece);
  };
  const close = (): void => {
    const done = open.pop();
    if (done !== undefined) emit(worthOf(done, context, own));
  };
  for (let at = 0; at < text.length; at++) {
    const top = open.at(-1);
    const character = text[at] ?? '';
    if (character === '$' && text[at + 1] === '<') {
      open.push({ name: undefined, parts: [''], dead: top !== undefined && isDead(top) });
      at++;
    } else if (top === undefined || !'>:,'.includes(character)) emit(character);
    else if (character === '>') close();
    else if (character === ':' && top.name === undefined) top.name = top.parts.splice(0, 1, '')[0];
    else if (character === ',' && top.name !== undefined) top.parts.push('');
    else emit(character);
  }
  // What is not closed ends with the text.
  while (open.length > 0) close();
  return result;
}

function isDead({ name, parts, dead }: Open): boolean {
  if (dead || name?.trim() === '0') return true;
  const [condition] = parts;
  return name === 'IF' && parts.length === (condition === '1' ? 3 : 2);
}

function worthOf(open: Open, context: ExpressionContext, own: TraceTarget | undefined): string {
  const isNamed = open.name !== undefined;
  const name = (open.name ?? open.parts[0] ?? '').trim();
  const parts = isNamed ? open.parts : [];
  const whole = parts.join(',').trim();
  const evaluate = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (evaluate !== undefined)
    return evaluate({ whole, parts: parts.map((part) => part.trim()), isNamed, context, own });
  const compiler = perCompiler(context).get(name);
  if (compiler !== undefined)
    return isNamed ? flag(parts.map((part) => part.trim()).includes(compiler)) : compiler;
  // A nameless one is what an unknown condition left of it.
  if (!open.dead && name !== '') {
    const where = own === undefined ? '' : `\n  It counts as nothing. (CMake target ${own.name})`;
    context.warn(`Unknown generator expression '$<${name}:${whole}>'.${where}`);
  }
  return '';
}

interface Given {
  /** All after the colon. */
  readonly whole: string;
  readonly parts: readonly string[];
  /** There was a colon. */
  readonly isNamed: boolean;
  readonly context: ExpressionContext;
  readonly own: TraceTarget | undefined;
}

const flag = (value: boolean): string => (value ? '1' : '0');
const first =
  (compute: (text: string) => string) =>
  ({ whole }: Given): string =>
    compute(whole);
const compared =
  (holds: (order: number) => boolean) =>
  ({ parts: [a = '', b = ''] }: Given): string =>
    flag(holds(compareVersions(a, b)));
const same = ({ parts: [a = '', b] }: Given): string => flag(a === b);
const listOf = (text: string): readonly string[] => text.split(';').filter((item) => item !== '');
const oneOfThem =
  (actual: (given: Given) => string) =>
  (given: Given): string =>
    given.isNamed
      ? flag(given.parts.some((one) => one.toLowerCase() === actual(given).toLowerCase()))
      : actual(given);

const functions: Readonly<Record<string, (given: Given) => string>> = {
  BOOL: first((text) =>
    flag(
      !['', '0', 'FALSE', 'OFF', 'N', 'NO', 'IGNORE', 'NOTFOUND'].includes(text.toUpperCase()) &&
        !text.endsWith('-NOTFOUND'),
    ),
  ),
  AND: ({ parts }) => flag(parts.every((one) => one === '1')),
  OR: ({ parts }) => flag(parts.includes('1')),
  NOT: first((text) => flag(text !== '1')),
  IF: ({ parts: [condition, yes = '', no = ''] }) => (condition === '1' ? yes : no),
  0: () => '',
  1: first((text) => text),
  STREQUAL: same,
  EQUAL: ({ parts: [a = '', b = ''] }) => flag(a === b || Number(a) === Number(b)),
  VERSION_LESS: compared((order) => order < 0),
  VERSION_GREATER: compared((order) => order > 0),
  VERSION_EQUAL: compared((order) => order === 0),
  VERSION_LESS_EQUAL: compared((order) => order <= 0),
  VERSION_GREATER_EQUAL: compared((order) => order >= 0),
  LOWER_CASE: first((text) => text.toLowerCase()),
  UPPER_CASE: first((text) => text.toUpperCase()),
  MAKE_C_IDENTIFIER: first((text) => text.replace(/[^\w]/g, '_').replace(/^(?=\d)/, '_')),
  IN_LIST: ({ parts: [item = '', list = ''] }) => flag(list.split(';').includes(item)),
  JOIN: ({ parts: [list = '', ...glue] }) => list.split(';').join(glue.join(',')),
  REMOVE_DUPLICATES: first((text) => [...new Set(text.split(';'))].join(';')),
  SHELL_PATH: first((text) => text),
  QUOTE: () => '"',
  'ANGLE-R': () => '>',
  COMMA: () => ',',
  SEMICOLON: () => ';',
  // What is built here is never what was installed.
  INSTALL_INTERFACE: () => '',
  INSTALL_PREFIX: () => '',
  BUILD_INTERFACE: first((text) => text),
  BUILD_LOCAL_INTERFACE: first((text) => text),
  LINK_ONLY: first((text) => text),
  // No text belongs to one language alone.
  COMPILE_LANGUAGE: () => '0',
  COMPILE_LANG_AND_ID: () => '0',
  LINK_LANGUAGE: () => '0',
  LINK_LANG_AND_ID: () => '0',
  CONFIG: oneOfThem(({ context }) => context.configuration),
  CONFIGURATION: ({ context }) => context.configuration,
  PLATFORM_ID: oneOfThem(({ context }) => context.platform),
  GENEX_EVAL: ({ whole, context, own }) => evaluateOnce(whole, context, own),
  TARGET_GENEX_EVAL: ({ parts: [, ...rest], context, own }) =>
    evaluateOnce(rest.join(','), context, own),
  TARGET_EXISTS: ({ whole, context }) => flag(context.targets.has(whole)),
  TARGET_NAME_IF_EXISTS: ({ whole, context }) => (context.targets.has(whole) ? whole : ''),
  TARGET_NAME: first((text) => text),
  TARGET_PROPERTY: targetProperty,
  TARGET_FILE: ({ whole, context }) => targetFile(whole, context),
  TARGET_LINKER_FILE: ({ whole, context }) => targetFile(whole, context),
  TARGET_FILE_NAME: ({ whole, context }) => baseName(targetFile(whole, context)),
  TARGET_LINKER_FILE_NAME: ({ whole, context }) => baseName(targetFile(whole, context)),
  TARGET_FILE_DIR: ({ whole, context }) => folderOf(targetFile(whole, context)),
  TARGET_LINKER_FILE_DIR: ({ whole, context }) => folderOf(targetFile(whole, context)),
  TARGET_RUNTIME_DLLS: () => '',
};

/** What a property holds may be an expression again, but not for ever. */
function evaluateOnce(
  text: string,
  context: ExpressionContext,
  own: TraceTarget | undefined,
): string {
  return text.includes('GENEX_EVAL') ? '' : evaluateExpressions(text, context, own);
}

function targetProperty({ parts, context, own }: Given): string {
  const [name = '', property] = parts;
  const target = property === undefined ? own : context.targets.get(name);
  const values = target?.properties.get(property ?? name);
  return values?.join(';') ?? '';
}

function targetFile(name: string, { targets, isDebug, artifact, warn }: ExpressionContext): string {
  const target = targets.get(name);
  const own = target?.imported === true ? undefined : artifact(name);
  if (own !== undefined) return own;
  const file =
    target === undefined
      ? undefined
      : (configuredProperty(target, 'IMPORTED_IMPLIB', { isDebug }) ??
        configuredProperty(target, 'IMPORTED_LOCATION', { isDebug }));
  if (file === undefined && target === undefined)
    warn(`Unable to evaluate the cmake variable '$<TARGET_FILE:${name}>'.`);
  return file?.join(';') ?? '';
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** `C_COMPILER_ID`, `CXX_COMPILER_VERSION`, …: names made of a language. */
function perCompiler({ compilers }: ExpressionContext): ReadonlyMap<string, string> {
  return new Map(
    [...compilers].flatMap(([language, { id, version }]) => [
      [`${language}_COMPILER_ID`, id] as const,
      [`${language}_COMPILER_VERSION`, version] as const,
    ]),
  );
}

/** The items of a list property, its expressions replaced; empty items are none. */
export function evaluateList(
  values: readonly string[],
  context: ExpressionContext,
  own?: TraceTarget,
): readonly string[] {
  return listOf(evaluateExpressions(values.join(';'), context, own)).map((item) => item.trim());
}
