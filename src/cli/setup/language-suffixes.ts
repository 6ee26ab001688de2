import { languageSuffixes } from '../../toolchains/languages.ts';

/** File suffixes of a language, the usual one first. */
export function suffixesOf(language: string): readonly string[] {
  return languageSuffixes[language] ?? [];
}
