import type { ArgumentType } from '../eval/argument-type.ts';
import type { Builtin, Keyword, Method } from '../eval/declare.ts';
import { functions } from '../eval/functions/table.ts';

type Declared = Builtin | Method;

/** The manual of a function of build files, from its declaration; undefined where there is none of that name. */
export function manualOf(name: string): string | undefined {
  const declared = functions.find((each) => each.name === name);
  return declared && page(name, declared);
}

export function manualNames(): readonly string[] {
  return functions.map(({ name }) => name);
}

function page(name: string, declared: Declared): string {
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
