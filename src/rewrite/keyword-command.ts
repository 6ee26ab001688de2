import { unreachable } from '../base/assert.ts';
import { own } from '../base/own.ts';
import { stringLiteral } from '../lang/string-literal.ts';
import type { CallExpression, Expression, Keyword } from '../lang/tree.ts';
import type { BuildFile } from '../lint/project-files.ts';
import type { RewriteCommand } from './command.ts';
import type { Edit } from './edit.ts';
import { findDependency, findTarget } from './find.ts';
import { insertItems, removeItems } from './list-edit.ts';
import { arrayText, callText } from './list-of.ts';
import type { Work } from './work.ts';

type KeywordCommand = Extract<RewriteCommand, { readonly type: 'kwargs' }>;
type Kind = 'text' | 'boolean' | 'texts' | 'names';

/** Which keywords can be changed, and what they hold. */
const changeable: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  dependency: {
    language: 'text',
    method: 'text',
    native: 'boolean',
    not_found_message: 'text',
    required: 'boolean',
    static: 'boolean',
    version: 'texts',
    modules: 'texts',
  },
  target: {
    build_by_default: 'boolean',
    build_rpath: 'text',
    dependencies: 'names',
    gui_app: 'boolean',
    link_with: 'names',
    export_dynamic: 'boolean',
    implib: 'boolean',
    install: 'boolean',
    install_dir: 'text',
    install_rpath: 'text',
    pie: 'boolean',
  },
  project: {
    default_options: 'texts',
    meson_version: 'text',
    license: 'texts',
    license_files: 'texts',
    subproject_dir: 'text',
    version: 'text',
  },
};

/** The functions whose keywords can be changed. */
export const keywordFunctions: readonly string[] = Object.keys(changeable);

/** Changes keywords of a call, or tells of them. */
export function runKeywordCommand(work: Work, command: KeywordCommand): void {
  const { function: name, id, operation } = command;
  work.log(`Processing function type ${name} with id '${id}'`);
  const kinds = own(changeable, name);
  if (kinds === undefined) {
    work.fail(`Unknown function type ${name}`);
    return;
  }
  const found = findCall(work, name, id);
  if (found === undefined) return;
  if (operation === 'info') {
    const keywords = found.node.args.keywords.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const info = Object.fromEntries(keywords.map((each) => [each.name, shown(each.value)]));
    work.tell('kwargs', `${name}#${id}`, info);
    return;
  }
  const edits: Edit[] = [];
  const fresh: string[] = [];
  const gone: string[] = [];
  for (const [key, value] of Object.entries(command.kwargs).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const kind = own(kinds, key);
    if (kind === undefined) {
      work.fail(`Cannot modify unknown kwarg ${key}`);
      continue;
    }
    const before = found.node.args.keywords.find((each) => each.name === key);
    if (operation === 'delete') {
      work.log(
        before ? `  -- Deleting ${key} from the kwargs` : `  -- Key ${key} is already deleted`,
      );
      if (before !== undefined) gone.push(key);
    } else if (operation === 'set') {
      work.log(`  -- Setting ${key} to ${String(value)}`);
      const text = literal(kind, value);
      if (before === undefined) fresh.push(`${key}: ${text}`);
      else edits.push({ span: before.value.span, text });
    } else {
      const changed = changeList(work, { file: found.file, key, kind, operation, value, before });
      if (typeof changed === 'string') fresh.push(changed);
      else edits.push(...changed);
    }
  }
  work.edit(found.file, [...edits, ...wholeKeywords(found, fresh, gone)]);
}

interface Call {
  readonly file: BuildFile;
  readonly node: CallExpression;
}

function findCall(work: Work, name: string, id: string): Call | undefined {
  if (name === 'project') {
    if (id === '/' || id === '//') return work.traced.project;
    work.fail(`The ID for the function type project must be "/" or "//" not "${id}"`);
    return undefined;
  }
  const found = name === 'target' ? findTarget(work, id) : findDependency(work, id);
  if (found === undefined) work.fail(`Unable to find the ${name} ${id}`);
  return found === 'several' ? undefined : found;
}

/** Keywords that come and go. */
function wholeKeywords(
  { file, node }: Call,
  fresh: readonly string[],
  gone: readonly string[],
): readonly Edit[] {
  const list = callText(file, node);
  const { positional, keywords } = node.args;
  const numbers = keywords.flatMap(({ name }, at) =>
    gone.includes(name) ? [positional.length + at] : [],
  );
  return [...removeItems(list, numbers), ...insertItems(list, list.items.length - 1, fresh)];
}

interface ListChange {
  readonly file: BuildFile;
  readonly key: string;
  readonly kind: Kind;
  readonly operation: 'add' | 'remove' | 'remove_regex';
  readonly value: unknown;
  readonly before: Keyword | undefined;
}

/** The edits of a keyword's list; a text is a keyword that is new. */
function changeList(work: Work, change: ListChange): readonly Edit[] | string {
  const { file, key, kind, operation, value, before } = change;
  const given = (Array.isArray(value) ? value : [value]).map(String);
  if (kind === 'text' || kind === 'boolean') {
    work.warn(`Cannot ${operation} a value of ${key}, which is no list --> skipping`);
    return [];
  }
  work.log(`  -- ${operation} ${given.join(', ')}: ${key}`);
  const item = kind === 'names' ? (text: string) => text : stringLiteral;
  if (before === undefined) {
    return operation === 'add' ? `${key}: ${bracketed(given.map(item))}` : [];
  }
  const { span } = before.value;
  const single = file.source.text.slice(span.start, span.end);
  const items = before.value.kind === 'array' ? before.value.items : [before.value];
  if (before.value.kind !== 'array' && !isElement(kind, before.value)) {
    work.log(`  -- Skipping ${key} because it is too complex to modify`);
    return [];
  }
  if (operation === 'add') {
    if (before.value.kind !== 'array')
      return [{ span, text: bracketed([single, ...given.map(item)]) }];
    if (items.length === 0) return [{ span, text: bracketed(given.map(item)) }];
    return insertItems(arrayText(file, before.value), items.length - 1, given.map(item));
  }
  const isGone = (node: Expression): boolean => {
    const text =
      node.kind === 'string' ? node.value : node.kind === 'identifier' ? node.name : undefined;
    if (text === undefined) return false;
    if (operation === 'remove') return isElement(kind, node) && given.includes(text);
    return (
      node.kind === 'string' && given.some((pattern) => new RegExp(`^(?:${pattern})`).test(text))
    );
  };
  const numbers = items.flatMap((node, at) => (isGone(node) ? [at] : []));
  if (numbers.length === 0) return [];
  if (before.value.kind !== 'array') return [{ span, text: '[]' }];
  const rest = items.filter((_node, at) => !numbers.includes(at));
  const [only] = rest;
  const hasComments = single.includes('#');
  if (rest.length === 1 && only !== undefined && !hasComments) {
    return [{ span, text: file.source.text.slice(only.span.start, only.span.end) }];
  }
  return removeItems(arrayText(file, before.value), numbers);
}

function isElement(kind: Kind, node: Expression): boolean {
  return node.kind === (kind === 'names' ? 'identifier' : 'string');
}

/** A single one needs no brackets. */
function bracketed(items: readonly string[]): string {
  return items.length === 1 ? (items[0] ?? '') : `[${items.join(', ')}]`;
}

/** A value as a build file writes it. */
function literal(kind: Kind, value: unknown): string {
  switch (kind) {
    case 'text':
      return stringLiteral(String(value));
    case 'boolean':
      return value === true || /^true$/i.test(String(value)) ? 'true' : 'false';
    case 'texts':
      return Array.isArray(value)
        ? `[${value.map((each) => stringLiteral(String(each))).join(', ')}]`
        : stringLiteral(String(value));
    case 'names':
      return Array.isArray(value) ? `[${value.join(', ')}]` : String(value);
    default:
      return unreachable(kind);
  }
}

/** A keyword's value as JSON tells it; what is no literal is null. */
function shown(node: Expression): unknown {
  switch (node.kind) {
    case 'array':
      return node.items.map(elementary);
    case 'dictionary':
      return Object.fromEntries(
        node.entries.flatMap(({ key, value }) =>
          key.kind === 'string' ? [[key.value, elementary(value)]] : [],
        ),
      );
    default:
      return elementary(node);
  }
}

function elementary(node: Expression): unknown {
  switch (node.kind) {
    case 'string':
    case 'boolean':
      return node.value;
    case 'number':
      return Number(node.value);
    case 'identifier':
      return node.name;
    default:
      return null;
  }
}
