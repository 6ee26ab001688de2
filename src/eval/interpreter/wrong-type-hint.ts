import { flattened } from '../argument-type.ts';
import { isInteger, isList, Pending, type Value } from '../value.ts';

/** What to write where an argument is of a type that is not taken; undefined where nobody can tell. */
export function wrongTypeHint(names: readonly string[], given: Value): string | undefined {
  if (given instanceof Pending) return undefined;
  const wanted = new Set(names.join(' ').match(/\w+/g));
  const takesText = wanted.has('str');
  const parts = isList(given) ? flattened(given) : [given];
  for (const part of parts) {
    if (typeof part === 'string' && !takesText) return hintForText(wanted, part);
    if (takesText && (isInteger(part) || typeof part === 'boolean'))
      return `Texts stand between quotes: '${part}'.`;
  }
  return undefined;
}

/** A text in the place of what a function makes of it. */
function hintForText(wanted: ReadonlySet<string>, text: string): string | undefined {
  if (/['\n\\]/.test(text)) return undefined;
  if (wanted.has('bool') && (text === 'true' || text === 'false'))
    return `Write ${text}, without quotes.`;
  if (wanted.has('int') && /^-?\d+$/.test(text)) return `Write ${text}, without quotes.`;
  if (wanted.has('Dependency')) return `Write dependency('${text}').`;
  if (wanted.has('StaticLibrary') || wanted.has('SharedLibrary'))
    return 'Name the variable that holds what library() gave; for one of the system there are dependency() and find_library().';
  if (wanted.has('Program') || wanted.has('Executable'))
    return `Write find_program('${text}'), or the variable that holds what executable() gave.`;
  return undefined;
}
