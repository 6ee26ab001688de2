import { err, ok, type Result } from '../../base/result.ts';
import { type ParsedOptions, text } from '../words/parse-words.ts';

const wrapTypes = ['file', 'git', 'hg', 'svn', 'redirect'];

/** `--types` of commands that work on subprojects, as commander takes it. */
export const typesOption = [
  '--types <types>',
  `Kinds of wraps, with commas: ${wrapTypes.join(', ')}`,
] as const;

/** The kinds of wraps that `--types` names, none where it is not given; an error is a text for people. */
export function typesOf(options: ParsedOptions): Result<readonly string[], string> {
  const types = (text(options, 'types') ?? '')
    .split(',')
    .map((type) => type.trim())
    .filter(Boolean);
  const wrong = types.find((type) => !wrapTypes.includes(type));
  return wrong === undefined
    ? ok(types)
    : err(`Unknown subproject type '${wrong}', supported types are: ${wrapTypes.join(', ')}`);
}
