import { posix } from 'node:path';
import { comparePaths } from '../lang/format/rows.ts';
import { stringLiteral } from '../lang/string-literal.ts';
import type { Expression } from '../lang/tree.ts';
import type { Edit } from './edit.ts';
import { insertItems, type ListText, removeItems } from './list-edit.ts';
import { callText, listOf } from './list-of.ts';
import type { TracedTarget } from './trace-project.ts';
import {
  type Container,
  entriesOf,
  type Part,
  partsOf,
  type TextNode,
  type Traced,
} from './traced.ts';
import type { Work } from './work.ts';

/** Which files of a target. */
export type Which = 'sources' | 'extraFiles';

const words = { sources: 'source', extraFiles: 'extra file' } as const;

/** Files of one kind; paths are relative to the project. */
interface TargetFiles {
  readonly which: Which;
  readonly paths: readonly string[];
}

/** Adds files to a target, where they are added to no other. */
export function addFiles(work: Work, target: TracedTarget, { which, paths }: TargetFiles): void {
  const known = new Set(filesOf(target, which));
  const fresh = [...new Set(paths)].sort().filter((path) => {
    if (known.has(path)) work.log(`  -- ${path} is already defined for the target --> skipping`);
    return !known.has(path);
  });
  if (fresh.length === 0) return;
  const part = choosePart(target, which);
  const where = part?.container ?? { file: target.file, node: target.node };
  const folder = part?.folder ?? target.file.folder;
  const written = fresh.map((path) => posix.relative(`/${folder}`, `/${path}`));
  for (const path of fresh) work.log(`  -- Adding ${words[which]} ${path}`);
  const edits =
    part === undefined && which === 'extraFiles'
      ? newExtraFiles(target, written)
      : addToList(listOf(where), textsIn(where), written);
  work.edit(where.file, edits);
}

/** The files of a target as paths relative to the project; those that are not known are left out. */
function filesOf(target: TracedTarget, which: Which): readonly string[] {
  const value = target[which];
  const entries = value === undefined ? [] : entriesOf(value, target.file.folder);
  return entries.flatMap(({ path, folder }) =>
    path === undefined ? [] : [posix.join('/', folder, path).slice(1)],
  );
}

/** Where new files go: a list that makes this target alone, else the call of the target. */
function choosePart(target: TracedTarget, which: Which): Part | undefined {
  const all = [target.sources, target.extraFiles].flatMap((value) =>
    value === undefined ? [] : partsOf(value, target.file.folder),
  );
  const value: Traced | undefined = target[which];
  const own = value === undefined ? [] : partsOf(value, target.file.folder);
  const fit = own.filter(({ container, isSure }) => {
    const isOnce = all.filter((other) => other.container === container).length === 1;
    return isSure && isOnce && belongsTo(container, target);
  });
  const arrays = fit.filter(({ container }) => container.node.kind === 'array');
  const calls = fit.filter(
    ({ container }) => container.node.kind === 'call' && container.node !== target.node,
  );
  const [best] = [arrays, calls].find((list) => list.length > 0)?.toSorted(byPlace) ?? [];
  return best;
}

function byPlace({ container: a }: Part, { container: b }: Part): number {
  return a.node.span.start - b.node.span.start;
}

/** Whether what a list holds goes into one target and nowhere else. */
function belongsTo({ consumers }: Container, { node }: TracedTarget): boolean {
  return consumers.size === 1 && consumers.has(node);
}

interface Place {
  readonly node: Container['node'];
}

/** Which items of a list or call are literal texts of files, by their number. */
function textsIn({ node }: Place): readonly { readonly at: number; readonly text: TextNode }[] {
  const all: readonly Expression[] = node.kind === 'array' ? node.items : node.args.positional;
  const isTarget = node.kind === 'call' && node.name !== 'files';
  return all.flatMap((each, at) =>
    each.kind !== 'string' || (isTarget && at === 0) ? [] : [{ at, text: each }],
  );
}

/** Adds texts at their places in a list that is sorted; a list that is not is sorted, unless it has comments. */
function addToList(
  list: ListText,
  texts: readonly { readonly at: number; readonly text: TextNode }[],
  added: readonly string[],
): readonly Edit[] {
  const values = texts.map(({ text }) => text.value);
  const isSorted = values.every(
    (value, at) => at === 0 || comparePaths(values[at - 1] ?? '', value) <= 0,
  );
  const sorted = [...added].sort(comparePaths);
  const last = texts.at(-1);
  if (last === undefined) return insertItems(list, lastPositional(list), sorted.map(stringLiteral));
  if (isSorted) return insertSorted(list, texts, sorted);
  if (list.text.slice(list.start, list.end).includes('#')) {
    return insertItems(list, last.at, sorted.map(stringLiteral));
  }
  const all = [...values, ...sorted].sort(comparePaths);
  const swaps = texts.map(({ text }, at) => ({
    span: text.span,
    text: stringLiteral(all[at] ?? ''),
  }));
  const rest = all.slice(texts.length).map(stringLiteral);
  // What is put behind the last one comes after its new text.
  return [...swaps, ...insertItems(list, last.at, rest)];
}

function insertSorted(
  list: ListText,
  texts: readonly { readonly at: number; readonly text: TextNode }[],
  sorted: readonly string[],
): readonly Edit[] {
  const [first] = texts;
  const groups = new Map<number, string[]>();
  for (const value of sorted) {
    const before = texts.findLast(({ text }) => comparePaths(text.value, value) <= 0);
    const behind = before?.at ?? (first?.at ?? 0) - 1;
    groups.set(behind, [...(groups.get(behind) ?? []), stringLiteral(value)]);
  }
  return [...groups].flatMap(([behind, items]) => insertItems(list, behind, items));
}

/** Keywords come behind: there is no file among the arguments. */
function lastPositional({ items, text }: ListText): number {
  const at = items.findIndex(({ start, end }) => /^\w+\s*:/.test(text.slice(start, end)));
  return (at === -1 ? items.length : at) - 1;
}

/** The keyword `extra_files`, new or with a list around what it was. */
function newExtraFiles({ node, file }: TracedTarget, added: readonly string[]): readonly Edit[] {
  const list = added.map(stringLiteral).join(', ');
  const before = node.args.keywords.find(({ name }) => name === 'extra_files')?.value;
  if (before === undefined) {
    const text = callText(file, node);
    return insertItems(text, text.items.length - 1, [`extra_files: [${list}]`]);
  }
  const old = file.source.text.slice(before.span.start, before.span.end);
  return [{ span: before.span, text: `[${old}, ${list}]` }];
}

/** Takes files away from a target, where no other has them from the same place. */
export function removeFiles(work: Work, target: TracedTarget, { which, paths }: TargetFiles): void {
  const value = target[which];
  const parts = value === undefined ? [] : partsOf(value, target.file.folder);
  const gone = new Map<Container, number[]>();
  for (const path of paths) {
    const found = parts.flatMap(({ container, folder, isSure }) => {
      const text = textsIn(container).find(
        (each) => isSure && posix.join('/', folder, each.text.value) === posix.join('/', path),
      );
      return text === undefined ? [] : [{ container, at: text.at }];
    });
    const [first] = found.filter(({ container }) => belongsTo(container, target));
    if (first === undefined) {
      const why =
        found.length > 0
          ? `Removing the ${words[which]} ${path} is too complicated`
          : `Unable to find ${words[which]} ${path} in the target`;
      work.warn(`  -- ${why}`);
      continue;
    }
    work.log(`  -- Removing ${words[which]} ${path}`);
    gone.set(first.container, [...(gone.get(first.container) ?? []), first.at]);
  }
  for (const [container, all] of gone) {
    work.edit(
      container.file,
      removeItems(
        listOf(container),
        all.sort((a, b) => a - b),
      ),
    );
  }
}
