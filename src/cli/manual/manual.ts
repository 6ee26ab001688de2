import { functions } from '../../eval/functions/table.ts';
import { type Declared, type Owner, ownerNames, owners, ownersNamed } from './owners.ts';
import { functionPage, keywordText, ownerPage, table } from './page.ts';
import { wrapText } from './wrap-text.ts';

/**
 * The manual of what build files can call or hold, from its declaration: a function (`executable`), a
 * method (`str.split`, `split`), a function of a module (`fs.exists`), all of an object or a module
 * (`compiler`, `fs`), a keyword (`executable.install`, `install`), or a list (`functions`, `modules`,
 * `objects`). Undefined where there is none.
 */
export function manualOf(name: string, columns = 80): string | undefined {
  const list = lists[name];
  if (list !== undefined) return list(columns);
  const at = name.lastIndexOf('.');
  const [before, own] = [name.slice(0, Math.max(at, 0)), name.slice(at + 1)];
  const pages = before === '' ? pagesOf(own, columns) : memberPages(before, own, columns);
  return pages.length === 0 ? undefined : pages.join('\n');
}

function pagesOf(name: string, columns: number): readonly string[] {
  // A function is meant before a method of its name.
  const called = functions.filter((one) => one.name === name);
  if (called.length > 0) return called.map((one) => functionPage(one.name, one, columns));
  const named = ownersNamed(name).map((owner) => ownerPage(owner, columns));
  const members = entries().filter(({ declared }) => declared.name === name);
  const pages = members.map(({ title, declared }) => functionPage(title, declared, columns));
  const all = [...named, ...pages];
  return all.length > 0 ? all : keywordPages(name, entries(), columns);
}

/** A method or a module's function; or a keyword of a function. */
function memberPages(before: string, own: string, columns: number): readonly string[] {
  for (const owner of ownersNamed(before)) {
    const found = memberOf(owner, own);
    if (found !== undefined) return [functionPage(found.title, found.declared, columns)];
  }
  const exact = entries().filter(({ title }) => title === before);
  const called = entries().filter(({ declared }) => declared.name === before);
  return keywordPages(own, exact.length > 0 ? exact : called, columns);
}

/** A member of an owner's own, or of a type that it extends. */
function memberOf(owner: Owner, name: string): Entry | undefined {
  const declared = owner.members.find((one) => one.name === name);
  if (declared !== undefined) return { title: `${owner.name}.${name}`, declared };
  for (const base of owner.bases) {
    const found = owners.find((one) => one.name === base);
    const member = found && memberOf(found, name);
    if (member !== undefined) return member;
  }
  return undefined;
}

/** What a keyword means, and for whom; functions for which it means the same stand together. */
function keywordPages(name: string, among: readonly Entry[], columns: number): readonly string[] {
  const byText = new Map<string, string[]>();
  for (const { title, declared } of among) {
    const keyword = Object.hasOwn(declared.keywords, name) ? declared.keywords[name] : undefined;
    if (keyword === undefined) continue;
    const text = keywordText(keyword);
    byText.set(text, [...(byText.get(text) ?? []), title]);
  }
  if (byText.size === 0) return [];
  const lines = [...byText].flatMap(([text, titles]) => [
    ...wrapText(text, '  ', columns),
    ...wrapText(`Of ${titles.join(', ')}.`, '      ', columns),
  ]);
  return [`${[`${name}: a keyword`, '', ...lines].join('\n')}\n`];
}

interface Entry {
  /** As it is called: `executable`, `str.split`, `fs.exists`. */
  readonly title: string;
  readonly declared: Declared;
}

function entries(): readonly Entry[] {
  return [
    ...functions.map((declared) => ({ title: declared.name, declared })),
    ...owners.flatMap((owner) =>
      owner.members.map((declared) => ({ title: `${owner.name}.${declared.name}`, declared })),
    ),
  ];
}

const lists: Readonly<Record<string, (columns: number) => string>> = {
  functions: (columns) =>
    listPage(
      'Functions of build files',
      functions.map(({ name, doc }) => [name, '', doc]),
      columns,
    ),
  modules: (columns) =>
    listPage(
      'Modules, by import()',
      owners.flatMap(({ name, doc, module }) =>
        module === undefined ? [] : ([[name, module.since ?? '', doc]] as const),
      ),
      columns,
    ),
  objects: (columns) =>
    listPage(
      'Objects, and values that have methods',
      owners.flatMap(({ name, doc, module }) =>
        module === undefined ? ([[name, '', doc]] as const) : [],
      ),
      columns,
    ),
};

function listPage(
  title: string,
  rows: readonly (readonly [string, string, string])[],
  columns: number,
): string {
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  return `${[title, '', ...table(sorted, columns)].join('\n')}\n`;
}

/** All that has a manual: `executable`, `str.split`, `fs.exists`, `install_dir`. */
export function manualNames(): readonly string[] {
  const all = entries();
  const keywords = all.flatMap(({ declared }) => Object.keys(declared.keywords));
  return [
    ...new Set([
      ...all.flatMap(({ title, declared }) => [declared.name, title]),
      ...ownerNames,
      ...keywords,
      ...Object.keys(lists),
    ]),
  ];
}
