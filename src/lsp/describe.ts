import { own } from '../base/own.ts';
import { type Declared, moduleNamed } from '../lint/infer.ts';
import { type Type, type Types, typesText, typeText } from '../lint/types.ts';

/** How a function or method is called, on one line. */
export function signatureText(name: string, declared: Declared): string {
  return `${name}(${parameterTexts(declared).join(', ')}) → ${declared.returns}`;
}

/** The parameters of a signature, each as it is written there; keywords that are required among them. */
export function parameterTexts({
  positional,
  rest,
  keywords,
  anyKeywords,
}: Declared): readonly string[] {
  const named = Object.entries(keywords);
  const required = named.filter(([, { required: must }]) => must).map(([name]) => `${name}:`);
  return [
    ...positional.map((each) => (each.optional ? `[${each.name}]` : each.name)),
    ...(rest === undefined ? [] : [`${rest.name}…`]),
    ...required,
    ...(named.length > required.length || anyKeywords ? ['keyword: value …'] : []),
  ];
}

/** The manual of a function or method, as Markdown. */
export function describe(name: string, declared: Declared): string {
  const { positional, rest, keywords } = declared;
  const lines = ['```meson', signatureText(name, declared), '```', declared.doc];
  if (declared.since !== undefined) lines.push('', `Since ${declared.since}.`);
  if (declared.deprecated !== undefined) {
    const { since } = declared.deprecated;
    const instead = declared.deprecated.instead?.replace(/\.$/, '');
    lines.push('', `**Deprecated** since ${since}${instead === undefined ? '' : `: ${instead}`}.`);
  }
  const rows = [
    ...positional.map((each) => `- \`${each.name}\` (${typeNames(each)}): ${each.doc}`),
    ...(rest === undefined ? [] : [`- \`${rest.name}…\` (${typeNames(rest)}): ${rest.doc}`]),
    ...Object.keys(keywords).map((each) => `- ${describeKeyword(each, declared)}`),
  ];
  return [...lines, ...(rows.length > 0 ? ['', ...rows] : [])].join('\n');
}

/** A keyword of a function, as one line of Markdown. */
export function describeKeyword(name: string, { keywords }: Declared): string {
  const keyword = own(keywords, name);
  if (keyword === undefined) return `\`${name}\``;
  const { doc, required, since, deprecated, default: value } = keyword;
  const isTold = ['boolean', 'number', 'string'].includes(typeof value) && value !== '';
  return [
    `\`${name}:\` (${typeNames(keyword)}): ${doc}`,
    ...(required ? ['Required.'] : isTold ? [`Default: ${String(value)}.`] : []),
    ...(since === undefined ? [] : [`Since ${since}.`]),
    ...(deprecated === undefined ? [] : [`**Deprecated** since ${deprecated.since}.`]),
  ].join(' ');
}

/** Types of an argument as the manual writes them: `str | file`. */
export function typeNames({
  type,
}: {
  readonly type: { readonly names: readonly string[] };
}): string {
  return type.names.join(' | ');
}

/** A module, with what can be called of it. */
export function describeModule(name: string): string | undefined {
  const module = moduleNamed(name);
  if (module === undefined) return undefined;
  const rows = module.functions.map((each) => `- \`${each.name}\`: ${each.doc}`);
  return [`**${module.name}** — ${module.doc}`, '', ...rows].join('\n');
}

/** A variable as editors show it: its types, and the line that defines it. */
export function describeVariable(
  name: string,
  types: Types,
  definition: string | undefined,
): string {
  const type = types === undefined ? 'any' : typesText(types);
  const lines = ['```meson', `${name}: ${type}`, '```'];
  return [...lines, ...(definition === undefined ? [] : [`\`${definition}\``])].join('\n');
}

/** A method's name with its object's. */
export function methodName(owner: Type, name: string): string {
  return owner.module === undefined ? `${typeText(owner)}.${name}` : `${owner.module}.${name}`;
}
