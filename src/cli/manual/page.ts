import { capitalized } from '../../base/capitalized.ts';
import type { ArgumentType } from '../../eval/argument-type.ts';
import type { Deprecation, Keyword, Rest } from '../../eval/declare.ts';
import type { Declared, Owner } from './owners.ts';
import { referenceName } from './reference-name.ts';
import { wrapText } from './wrap-text.ts';

/** The page of a function or method, under the name it is called by. */
export function functionPage(name: string, declared: Declared, columns: number): string {
  const { positional, rest, keywords } = declared;
  const given = [
    ...positional.map((one) => ({ ...one, text: one.doc })),
    ...(rest === undefined ? [] : [{ ...rest, name: `${rest.name}…`, text: restText(rest) }]),
  ];
  const lines = [
    ...hanging(`${name}(${parameters(declared).join(', ')}) → ${declared.returns}`, '', columns),
    '',
    ...wrapText([declared.doc, ...versionTexts(declared)].join(' '), '  ', columns),
  ];
  if (given.length > 0) lines.push('', 'Arguments');
  for (const one of given) lines.push(...entry(one, columns));
  const named = Object.entries(keywords);
  if (named.length > 0) lines.push('', 'Keywords');
  for (const [key, keyword] of named)
    lines.push(...entry({ name: key, type: keyword.type, text: keywordText(keyword) }, columns));
  if (declared.anyKeywords) lines.push('', '  Other keywords are passed on.');
  return `${lines.join('\n')}\n`;
}

function parameters({ positional, rest, keywords, anyKeywords }: Declared): readonly string[] {
  return [
    ...positional.map((each) => (each.optional ? `[${each.name}]` : each.name)),
    ...(rest === undefined ? [] : [`${rest.name}…`]),
    ...(Object.keys(keywords).length > 0 || anyKeywords ? ['keyword: value …'] : []),
  ];
}

interface Entry {
  readonly name: string;
  readonly type: ArgumentType<unknown>;
  readonly text: string;
}

function entry({ name, type, text }: Entry, columns: number): readonly string[] {
  return [
    ...hanging(`${name}: ${typeText(type)}`, '  ', columns),
    ...wrapText(text, '      ', columns),
  ];
}

/** Lines after the first stand further in. */
function hanging(text: string, indent: string, columns: number): readonly string[] {
  const [first = '', ...more] = wrapText(text, indent, columns - 4);
  return [first, ...more.map((line) => `    ${line}`)];
}

/** A type in the words of build files. */
function typeText({ names }: ArgumentType<unknown>): string {
  const plain = names
    .filter((name) => name !== 'NoneType')
    .map((name) => name.replaceAll(/[A-Za-z_]+/g, (word) => referenceName(word)))
    .map((name) => name.replace(/^array\[(.*)\]/, 'list[$1]').replace(/^object$/, 'any'));
  return [...new Set(plain)].join(' | ') || 'any';
}

export function keywordText(keyword: Keyword<unknown>): string {
  const { default: value, doc, required } = keyword;
  return [
    doc,
    ...(required ? ['Required.'] : defaultTexts(value)),
    ...versionTexts(keyword),
    ...valueTexts(keyword),
  ].join(' ');
}

function defaultTexts(value: unknown): readonly string[] {
  const told = typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string';
  return told && value !== '' ? [`Default: ${value}.`] : [];
}

/** Values that came later, or went: `"json" since 1.3.0`. */
function valueTexts({ sinceValues = [] }: Keyword<unknown>): readonly string[] {
  return sinceValues.map(({ feature, since, deprecated, broken }) => {
    const what = feature
      .replace(/^value /, '')
      .replace(/^of type /, 'A value of type ')
      .replaceAll(/\b[A-Z][A-Za-z]+\b(?=[ \]|]|$)/g, (word) =>
        word === 'A' ? word : referenceName(word),
      );
    const start = capitalized(what);
    if (since !== undefined) return `${start}: since ${since}.`;
    return `${start}: ${deprecationText(deprecated ?? broken)}`;
  });
}

interface Aged {
  readonly since?: string;
  readonly quietSince?: string;
  readonly deprecated?: Deprecation;
}

function versionTexts({ since, quietSince, deprecated }: Aged): readonly string[] {
  const from = since ?? quietSince;
  const gone = deprecationText(deprecated);
  return [
    ...(from === undefined ? [] : [`Since ${from}.`]),
    ...(deprecated === undefined ? [] : [capitalized(gone)]),
  ];
}

function deprecationText(deprecated: Deprecation | undefined): string {
  if (deprecated === undefined) return 'deprecated.';
  const { since, instead } = deprecated;
  const advice = instead === undefined ? '' : `: ${instead.replace(/\.$/, '')}`;
  return `deprecated since ${since}${advice}.`;
}

function restText({ doc, min }: Rest<unknown>): string {
  return min > 0 ? `${doc} At least ${min === 1 ? 'one' : min}.` : doc;
}

/** The page of a module or a type: a line for each of its functions. */
export function ownerPage({ name, doc, members, module, bases }: Owner, columns: number): string {
  const rows = [...members]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((member) => [member.name, '', member.doc] as const);
  const lines = [name, '', ...wrapText(doc, '  ', columns)];
  if (module !== undefined) {
    const isStable = module.unstable !== true || module.stabilized !== undefined;
    lines.push('', `  ${name} = import('${isStable ? '' : 'unstable-'}${name}')`);
    const versions = [
      ...versionTexts(module),
      ...(module.stabilized === undefined ? [] : [`Stable since ${module.stabilized}.`]),
      ...(isStable ? [] : ['It may change or vanish.']),
    ];
    if (versions.length > 0) lines.push(...wrapText(versions.join(' '), '  ', columns));
  }
  if (bases.length > 0)
    lines.push(...wrapText(`It also has what ${bases.join(', ')} has.`, '  ', columns));
  return `${[...lines, '', ...table(rows, columns)].join('\n')}\n`;
}

/** Names and texts below each other, texts wrapped in their column. */
export function table(
  rows: readonly (readonly [string, string, string])[],
  columns: number,
): readonly string[] {
  const width = (at: 0 | 1): number => Math.max(0, ...rows.map((row) => row[at].length));
  return rows.flatMap(([name, type, doc]) => {
    const middle = width(1) === 0 ? '' : `${type.padEnd(width(1))}  `;
    const start = `  ${name.padEnd(width(0))}  ${middle}`;
    const [first = '', ...more] = wrapText(doc, ' '.repeat(start.length), columns);
    return [(start + first.trimStart()).trimEnd(), ...more];
  });
}
