import { Lexer } from './lexer.ts';
import { Problems } from './problems.ts';

/** Whether two texts differ at most in comments, in space, and in where their lines begin. */
export function sameMeaning(one: string, other: string): boolean {
  const [first, second] = [wordsOf(one), wordsOf(other)];
  return (
    first !== undefined &&
    second !== undefined &&
    first.length === second.length &&
    first.every((word, at) => word === second[at])
  );
}

/** Undefined for a text that has something wrong. */
function wordsOf(text: string): readonly string[] | undefined {
  const problems = new Problems();
  const lexer = new Lexer({ path: '', text }, problems, {});
  const words: string[] = [];
  for (let token = lexer.next(); token.kind !== 'eof'; token = lexer.next()) {
    if (token.kind === 'bad') return undefined;
    // Empty lines say nothing, and neither does the end of the last one.
    if (token.kind !== 'eol') words.push(text.slice(token.start, token.end));
    else if (words.length > 0 && words.at(-1) !== '\n') words.push('\n');
  }
  if (words.at(-1) === '\n') words.pop();
  return problems.all.length === 0 ? words : undefined;
}
