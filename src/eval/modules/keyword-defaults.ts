import type { Keyword, KeywordValues } from '../declare.ts';

/** The values of keywords that nobody gave. */
export function keywordDefaults<K extends Readonly<Record<string, Keyword<unknown>>>>(
  keywords: K,
): KeywordValues<K> {
  const values = Object.entries(keywords).map(([name, { default: value }]) => [name, value]);
  // Each value is of its keyword's type.
  return Object.fromEntries(values) as KeywordValues<K>;
}
