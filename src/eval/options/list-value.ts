import { err, ok, type Result } from '../../base/result.ts';
import { parse } from '../../lang/parse.ts';

/** A list as an option's text gives it: `a,b`, `['a', 'b']`, or words as a shell splits them. */
export function listOfText(
  text: string,
  { shellWords = false }: { readonly shellWords?: boolean } = {},
): Result<readonly string[], string> {
  if (text.startsWith('[')) return literalList(text);
  if (text === '') return ok([]);
  return ok(shellWords ? splitWords(text) : text.split(',').map((word) => word.trim()));
}

/** A list that holds something else, too; who reads an option says it in words of its own. */
export const notAllStrings = 'not all items are strings';

function literalList(text: string): Result<readonly string[], string> {
  const { tree, diagnostics } = parse({ path: '', text: withSingleQuotes(text) });
  const [statement] = tree.statements;
  const wrong = err(`malformed value ${text}`);
  if (diagnostics.length > 0 || tree.statements.length !== 1 || statement?.kind !== 'expression')
    return wrong;
  const { expression } = statement;
  if (expression.kind !== 'array') return wrong;
  const items: string[] = [];
  for (const item of expression.items) {
    if (item.kind === 'string') items.push(item.value);
    else if (item.kind === 'number' || item.kind === 'boolean') return err(notAllStrings);
    else return wrong;
  }
  return ok(items);
}

/** Strings in double quotes, which Python has and the language has not, in single ones. */
function withSingleQuotes(text: string): string {
  const requoted = (inner: string): string =>
    inner.replace(/\\.|'/g, (part) => (part === "'" ? "\\'" : part === '\\"' ? '"' : part));
  return text.replace(
    /"((?:[^"\\]|\\.)*)"|'(?:[^'\\]|\\.)*'/g,
    (whole, inner: string | undefined) => (inner === undefined ? whole : `'${requoted(inner)}'`),
  );
}

/** Splits as a POSIX shell splits words. An open quote ends with the text. */
export function splitWords(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (quote !== '') {
      if (character === quote) quote = '';
      else if (character === '\\' && quote === '"' && '"\\$`'.includes(text[at + 1] ?? ' '))
        word = (word ?? '') + (text[++at] ?? '');
      else word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (character === '\\') word = (word ?? '') + (text[++at] ?? '');
    else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + character;
  }
  if (word !== undefined) words.push(word);
  return words;
}
