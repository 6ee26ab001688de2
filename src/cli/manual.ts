import type { ArgumentType } from '../eval/argument-type.ts';
import type { Builtin, Keyword, Method } from '../eval/declare.ts';
import { functions } from '../eval/functions/table.ts';
import { methods } from '../eval/methods/table.ts';
import { modules } from '../eval/modules/table.ts';

type Declared = Builtin | Method;

/**
 * The manual of what build files can call or hold, from its declaration: a function (`executable`), a
 * method (`str.split`, `split`), a function of a module (`fs.exists`), or all of an object or a module
 * (`compiler`, `fs`). Undefined where there is none.
 */
export function manualOf(name: string): string | undefined {
  const at = name.lastIndexOf('.');
  const [owner, own] = [name.slice(0, Math.max(at, 0)), name.slice(at + 1)];
  const named = entries().filter(({ declared }) => declared.name === own);
  const found = owner === '' ? named : named.filter((entry) => isCalled(entry.owner, owner));
  // A function is meant before a method of its name.
  const functionsFirst = found.filter((entry) => entry.owner === '');
  const pages = (functionsFirst.length > 0 ? functionsFirst : found).map(page);
  const whole = owner === '' ? owners().find((each) => isCalled(each.name, name)) : undefined;
  if (whole !== undefined && functionsFirst.length === 0) pages.unshift(ownerPage(whole));
  return pages.length === 0 ? undefined : pages.join('\n');
}

/** Names of objects in Meson's reference and in build files, where they are not ours in lower case. */
const otherNames: Readonly<Record<string, string>> = {
  build_machine: 'MachineHolder',
  build_tgt: 'BuildTarget',
  cfg_data: 'ConfigurationData',
  custom_idx: 'CustomTargetIndex',
  custom_tgt: 'CustomTarget',
  dep: 'Dependency',
  env: 'EnvironmentVariables',
  environment: 'EnvironmentVariables',
  exe: 'BuildTarget',
  executable: 'BuildTarget',
  host_machine: 'MachineHolder',
  inc: 'IncludeDirs',
  lib: 'BuildTarget',
  machine: 'MachineHolder',
  meson: 'MesonMain',
  subproject: 'SubprojectHolder',
  target_machine: 'MachineHolder',
  tgt: 'BuildTarget',
};

function isCalled(owner: string, asked: string): boolean {
  const plain = (name: string): string => name.replaceAll('_', '').toLowerCase();
  return plain(owner) === plain(asked) || otherNames[asked.toLowerCase()] === owner;
}

interface Owner {
  readonly name: string;
  readonly doc: string;
  readonly members: readonly Declared[];
}

function owners(): readonly Owner[] {
  return [
    ...modules.map(({ name, doc, functions: members }) => ({ name, doc, members })),
    ...methods
      .filter((table) => table.methods.length > 0)
      .map(({ type, doc, methods: members }) => ({
        name: typeof type === 'string' ? type : type.name,
        doc,
        members,
      })),
  ];
}

function ownerPage({ name, doc, members }: Owner): string {
  const rows = [...members]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((member) => [member.name, member.returns, member.doc] as const);
  return `${[name, '', `  ${doc}`, '', ...table(rows)].join('\n')}\n`;
}

/** All that has a manual: `executable`, `str.split`, `fs.exists`. */
export function manualNames(): readonly string[] {
  const called = entries().flatMap(({ owner, declared }) =>
    owner === '' ? [declared.name] : [declared.name, `${owner}.${declared.name}`],
  );
  return [...called, ...owners().map(({ name }) => name), ...Object.keys(otherNames)];
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

function keywordDoc({
  default: value,
  doc,
  required,
  since,
  deprecated,
}: Keyword<unknown>): string {
  return [
    doc,
    ...(required ? ['Required.'] : defaultText(value)),
    ...(since === undefined ? [] : [`Since ${since}.`]),
    ...(deprecated === undefined ? [] : [`Deprecated since ${deprecated.since}.`]),
  ].join(' ');
}

function defaultText(value: unknown): readonly string[] {
  const told = typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string';
  return told && value !== '' ? [`Default: ${value}.`] : [];
}

function table(rows: readonly (readonly [string, string, string])[]): readonly string[] {
  const width = (at: 0 | 1): number => Math.max(...rows.map((row) => row[at].length));
  return rows.map(([name, type, doc]) =>
    `  ${name.padEnd(width(0))}  ${type.padEnd(width(1))}  ${doc}`.trimEnd(),
  );
}
