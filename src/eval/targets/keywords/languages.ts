import { displayLanguage, languageSuffixes } from '../../../toolchains/languages.ts';
import { listOf } from '../../argument-type.ts';
import { type Keyword, keyword } from '../../declare.ts';
import type { FileObject } from '../../objects/file.ts';
import { strOrFile } from '../argument-types.ts';

export type LanguageArguments = readonly (string | FileObject)[];

const languages = Object.keys(languageSuffixes);
const javaNote = 'This does not, and never has, done anything. It should be removed';

/** Keywords whose names are made of the languages': `run` reads them with `languageArguments`. */
type MadeKeywords = Readonly<Record<never, Keyword<unknown>>>;

function argumentsKeyword(language: string, since?: string): Keyword<LanguageArguments> {
  return keyword(
    listOf(strOrFile),
    [],
    `Arguments for the ${displayLanguage(language)} compiler.`,
    {
      ...(since === undefined ? {} : { since }),
    },
  );
}

/** `c_args`, `cpp_args`, … of every language. */
export const languageArgs: MadeKeywords = Object.fromEntries(
  languages.map((language) => [`${language}_args`, keywordOf(language)]),
);

function keywordOf(language: string): Keyword<LanguageArguments> {
  if (language === 'java')
    return { ...argumentsKeyword(language), deprecated: { since: '1.3.0', instead: javaNote } };
  return argumentsKeyword(language, language === 'rust' ? '0.41.0' : undefined);
}

/** The same for jars, which only Java's compiler makes. */
export const jarArgs: MadeKeywords = Object.fromEntries(
  languages.map((language) => [
    `${language}_args`,
    language === 'java'
      ? argumentsKeyword(language)
      : {
          ...argumentsKeyword(language, language === 'rust' ? '0.41.0' : undefined),
          deprecated: { since: '1.3.0', instead: javaNote },
        },
  ]),
);

/** `c_static_args`, `c_shared_args`, …: for one half of `both_libraries`. */
export const halfArgs: MadeKeywords = Object.fromEntries(
  languages
    .filter((language) => language !== 'java')
    .flatMap((language) =>
      ['static', 'shared'].map((kind) => [
        `${language}_${kind}_args`,
        argumentsKeyword(language, '1.3.0'),
      ]),
    ),
);

/** What a call gave for languages: those of all kinds of library, then those of one. */
export function languageArguments(
  keywords: object,
  half: 'static' | 'shared' | undefined,
): ReadonlyMap<string, LanguageArguments> {
  // The keywords are declared above, with this type.
  const given = keywords as Readonly<Record<string, LanguageArguments | undefined>>;
  const result = new Map<string, LanguageArguments>();
  for (const language of languages) {
    const own = given[`${language}_args`] ?? [];
    const forHalf = half === undefined ? [] : (given[`${language}_${half}_args`] ?? []);
    if (own.length + forHalf.length > 0) result.set(language, [...own, ...forHalf]);
  }
  return result;
}

/** Whether something was given for one half only: then the halves cannot share objects. */
export function hasHalfArguments(keywords: object): boolean {
  return Object.entries(keywords).some(
    ([name, value]) =>
      /_(static|shared)_args$/.test(name) && Array.isArray(value) && value.length > 0,
  );
}
