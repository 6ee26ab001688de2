import type { ArgumentType } from '../eval/argument-type.ts';
import type { Builtin, Keyword, Method } from '../eval/declare.ts';
import { functions } from '../eval/functions/table.ts';
import { methods } from '../eval/methods/table.ts';
import { modules } from '../eval/modules/table.ts';

type Declared = Builtin | Method;

/**
 * The manual of what build files can call, from its declaration: a function (`executable`), a method
 * (`str.split`, `split`) or a function of a module (`fs.exists`). Undefined where there is none.
 */
export function manualOf(name: string): string | undefined {
  const at = name.lastIndexOf('.');
  const [owner, own] = [name.slice(0, Math.max(at, 0)).toLowerCase(), name.slice(at + 1)];
  const named = entries().filter(({ declared }) => declared.name === own);
  const exact = named.filter((entry) => entry.owner.toLowerCase() === owner);
  // Objects are known by Meson's inner names; who asks for `meson.version` means `MesonMain`.
  const close = named.filter((entry) => entry.owner.toLowerCase().startsWith(owner));
  const found = exact.length > 0 ? exact : close;
  return found.length === 0 ? undefined : found.map(page).join('\n');
}

/** All that has a manual: `executable`, `str.split`, `fs.exists`. */
export function manualNames(): readonly string[] {
  return entries().flatMap(({ owner, declared }) =>
    owner === '' ? [declared.name] : [declared.name, `${owner}.${declared.name}`],
  );
}

interface Entry {
  /** Of a method or a module's function; empty for a function. */
  readonly owner: string;
  readonly declared: Declared;
}

function entries(): readonly Entry[] {
  return [
    ...functions.map((declared) => ({ owner: '', declared })),
    ...modules.flatMap((module) =>
      module.functions.map((declared) => ({ owner: module.name, declared })),
    ),
    ...methods.flatMap(({ type, methods: own }) =>
      own.map((declared) => ({ owner: typeof type === 'string' ? type : type.name, declared })),
    ),
  ];
}

function page({ owner, declared }: Entry): string {
  const name = owner === '' ? declared.name : `${owner}.${declared.name}`;
  const { positional, rest, keywords, returns } = declared;
  const parameters = [
    ...positional.map((each) => (each.optional ? `[${each.name}]` : each.name)),
    ...(rest === undefined ? [] : [`${rest.name}…`]),
    ...(Object.keys(keywords).length > 0 || declared.anyKeywords ? ['keyword: value …'] : []),
  ];
  const lines = [`${name}(${parameters.join(', ')}) → ${returns}`, '', `  ${declared.doc}`];
  if (declared.since !== undefined) lines.push(`  Since ${declared.since}.`);
  if (declared.deprecated !== undefined) {
    const { since, instead } = declared.deprecated;
    lines.push(`  Deprecated since ${since}${instead === undefined ? '' : `: ${instead}`}.`);
  }
  const described = [
    ...positional.map((each) => [each.name, typeName(each.type), each.doc] as const),
    ...(rest === undefined ? [] : [[`${rest.name}…`, typeName(rest.type), rest.doc] as const]),
  ];
  if (described.length > 0) lines.push('', 'Arguments', ...table(described));
  const named = Object.entries(keywords).map(
    ([key, keyword]) => [key, typeName(keyword.type), keywordDoc(keyword)] as const,
  );
  if (named.length > 0) lines.push('', 'Keywords', ...table(named));
  return `${lines.join('\n')}\n`;
}

function typeName({ names }: ArgumentType<unknown>): string {
  return names.join(' | ');
}

function keywordDoc({ doc, required, since, deprecated }: Keyword<unknown>): string {
  return [
    doc,
    ...(required ? ['Required.'] : []),
    ...(since === undefined ? [] : [`Since ${since}.`]),
    ...(deprecated === undefined ? [] : [`Deprecated since ${deprecated.since}.`]),
  ].join(' ');
}

function table(rows: readonly (readonly [string, string, string])[]): readonly string[] {
  const width = (at: 0 | 1): number => Math.max(...rows.map((row) => row[at].length));
  return rows.map(([name, type, doc]) =>
    `  ${name.padEnd(width(0))}  ${type.padEnd(width(1))}  ${doc}`.trimEnd(),
  );
}
