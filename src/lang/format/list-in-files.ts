import { isNested, type Row, rowsOf } from './rows.ts';
import type { Word } from './words.ts';

/** Where the brackets of a call stand among the words of a text. */
interface BracketsOfCall {
  readonly words: readonly Word[];
  readonly closers: ReadonlyMap<number, number>;
  readonly opener: number;
  readonly closer: number;
}

/** The items of the list that is the only argument of `files()`, if its brackets can go. */
export function listInFiles(
  rows: readonly Row[],
  { words, closers, opener, closer }: BracketsOfCall,
): readonly Row[] | undefined {
  const [only, ...others] = rows;
  if (only?.value.kind !== 'array' || others.length > 0 || only.key !== undefined) return undefined;
  // Else the next formatting would find another pair to drop.
  if (isNested(only.value)) return undefined;
  const items = rowsOf(only.value);
  // The mistake of a list with keyword arguments would become that of a call.
  if (items.some(({ key }) => key !== undefined)) return undefined;
  const inner = closers.get(opener + 1);
  const bare = (at: number): boolean => words[at]?.gap.comments !== true;
  const canGo =
    inner !== undefined && bare(opener) && bare(opener + 1) && bare(inner) && bare(closer - 1);
  return canGo ? items : undefined;
}
