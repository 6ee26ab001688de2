/** A word quoted for a POSIX shell where it must be, as Python's `shlex.quote` does. */
export function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`;
}

/** A command as a line that a POSIX shell would read back. */
export function quoteWords(words: readonly string[]): string {
  // Most commands have no word to quote: that is seen at once, as no word has this between its letters.
  const line = words.join('\0');
  if (!/[^\w@%+=:,./\0-]/.test(line) && !words.includes('')) return line.replaceAll('\0', ' ');
  return words.map(quoteWord).join(' ');
}

/** A script that becomes a command, with its own arguments behind the command's. */
export function scriptOf(command: readonly string[]): string {
  return `#!/bin/sh\nexec ${quoteWords(command)} "$@"\n`;
}

/** The words of a line as a POSIX shell would split it, without expansions; undefined when a quote is not closed. */
export function splitWords(line: string): readonly string[] | undefined {
  const words: string[] = [];
  const token = /\s+|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|([^\s'"\\]+)|[\s\S]/g;
  let word: string | undefined;
  for (const [text, single, double, escaped, plain] of line.matchAll(token)) {
    const part = single ?? double?.replace(/\\([$`"\\\n])/g, '$1') ?? escaped ?? plain;
    if (part !== undefined) word = (word ?? '') + part;
    else if (text.trim() !== '') return undefined;
    else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  if (word !== undefined) words.push(word);
  return words;
}
