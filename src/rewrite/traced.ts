import type { CallExpression, Expression } from '../lang/tree.ts';
import type { BuildFile } from '../lint/project-files.ts';

/** A literal text of a build file. */
export type TextNode = Extract<Expression, { readonly kind: 'string' }>;
/** A list of a build file, as it is written. */
export type ArrayNode = Extract<Expression, { readonly kind: 'array' }>;

/** Where a value was written: a list, or a call that takes values, as `files()` and targets do. */
export interface Container {
  readonly file: BuildFile;
  readonly node: ArrayNode | CallExpression;
  /** The calls that what is in it goes into, but for `files()`. */
  readonly consumers: Set<CallExpression | Expression>;
}

/** What can be told of a value without running anything, with where it was written. */
export type Traced =
  | {
      readonly kind: 'text';
      readonly value: string;
      /** Absent where it was made of others. */
      readonly node?: TextNode;
    }
  | { readonly kind: 'list'; readonly items: readonly Traced[]; readonly container?: Container }
  /** What is in it are files of the folder of its call. */
  | { readonly kind: 'files'; readonly items: readonly Traced[]; readonly container: Container }
  | { readonly kind: 'call'; readonly node: CallExpression }
  /** Nothing is known but where it may come from. */
  | { readonly kind: 'unknown'; readonly origins: ReadonlySet<Container> };

/** A value of which nothing is known. */
export const unknown: Traced = { kind: 'unknown', origins: new Set() };

/** A container that a value is made of, as it stands in it. */
export interface Part {
  readonly container: Container;
  /** The folder that its texts are relative to, itself relative to the project. */
  readonly folder: string;
  /** Whether what is added to it is sure to be added to the value. */
  readonly isSure: boolean;
}

/**
 * Every container that a value is made of, each once; `folder` is what texts are relative to outside
 * of `files()`.
 */
export function partsOf(value: Traced, folder: string): readonly Part[] {
  return [...eachPart(value, folder, new Set())];
}

/** Values share what they are made of: who looked at all of `a + a` each time would never end. */
function* eachPart(value: Traced, folder: string, seen: Set<Traced | Container>): Generator<Part> {
  if (seen.has(value)) return;
  seen.add(value);
  if (value.kind === 'unknown') {
    for (const container of value.origins) {
      if (!seen.has(container)) yield { container, folder, isSure: false };
      seen.add(container);
    }
  } else if (value.kind === 'list' || value.kind === 'files') {
    const { container } = value;
    const own = value.kind === 'files' ? value.container.file.folder : folder;
    if (container !== undefined && !seen.has(container)) {
      seen.add(container);
      yield { container, folder: own, isSure: true };
    }
    for (const item of value.items) yield* eachPart(item, own, seen);
  }
}

/** A file among the sources of a target. */
export interface Entry {
  /** As it is written; undefined where that is not known. */
  readonly path: string | undefined;
  readonly folder: string;
}

/** What a list of sources comes to. */
export function entriesOf(value: Traced, folder: string): readonly Entry[] {
  switch (value.kind) {
    case 'text':
      return [{ path: value.value, folder }];
    case 'list':
      return value.items.flatMap((item) => entriesOf(item, folder));
    case 'files':
      return value.items.flatMap((item) => entriesOf(item, value.container.file.folder));
    default:
      return [{ path: undefined, folder }];
  }
}
