/**
 * The words of a piece of a command line as the file API gives it: flags in one text, quoted where
 * they must be. A backslash that does not escape a quote belongs to the word.
 */
export function fragmentWords(fragment: string): readonly string[] {
  const words: string[] = [];
  let word = '';
  let isEscaped = false;
  let isQuoted = false;
  for (const character of fragment) {
    if (isEscaped) {
      word += character === '"' || character === "'" ? character : `\\${character}`;
      isEscaped = false;
    } else if (character === '\\') isEscaped = true;
    else if (character === '"' || character === "'") isQuoted = !isQuoted;
    else if (!isQuoted && (character === ' ' || character === '\n')) {
      words.push(word);
      word = '';
    } else word += character;
  }
  return [...words, word].filter((one) => one !== '');
}
