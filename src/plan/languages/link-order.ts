import type { Language } from '../../model/toolchain.ts';
import { cLinkLanguages } from '../../toolchains/languages.ts';

/** Sorts languages so that a file which several can compile goes to the plainest: C before C++. */
export function inCompileOrder(languages: Iterable<Language>): readonly Language[] {
  const rank = (language: Language): number =>
    cLinkLanguages.includes(language) ? -cLinkLanguages.indexOf(language) : 1;
  return [...new Set(languages)].sort((a, b) => rank(a) - rank(b));
}
