import { directoryOptions } from '../model/builtin-options.ts';
import type { Evaluation } from './evaluation.ts';
import { joinPath } from './join-path.ts';
import { perEvaluation } from './per-evaluation.ts';

/**
 * Texts that build files got from options, with what introspection shows for them: `share` of
 * `get_option('datadir')` is `{datadir}`, and `share/x` made of it by `/` is `{datadir}/x`.
 */
export const optionTexts = perEvaluation(() => new Map<string, string>());

/** Notes what `get_option()` answered. A directory's name comes before that of any other option. */
export function noteOptionText(texts: Map<string, string>, name: string, value: string): void {
  const isDirectory = directoryOptions.some((option) => option.name === name);
  if (value !== '' && (isDirectory || !texts.has(value))) texts.set(value, `{${name}}`);
}

/** A folder as introspection shows it: by the option where the build file made it of one. */
export function shownFolder(evaluation: Evaluation, folder: string): string {
  return optionTexts(evaluation).get(folder) ?? folder;
}

/** Joins segments as `join_paths()` and `/` do; what begins with an option's text is noted too. */
export function joinTexts(evaluation: Evaluation, parts: readonly string[]): string {
  const joined = joinPath(...parts).replaceAll('\\', '/');
  const texts = optionTexts(evaluation);
  const [first = '', ...others] = parts;
  const name = texts.get(first);
  if (name !== undefined && others.length > 0 && !texts.has(joined))
    texts.set(joined, joinPath(name, ...others).replaceAll('\\', '/'));
  return joined;
}
