/** Options of GNU-like compilers whose value is the next word. */
const takeNextWord =
  /^-(o|I|L|D|U|A|B|F|T|e|l|u|z|x|arch|target|framework|include|imacros|isystem|iquote|idirafter|iprefix|iwithprefix|iwithprefixbefore|isysroot|imultilib|M[FTQ]|Xlinker|Xassembler|Xpreprocessor|Xclang|Xarch_\w+|mllvm|aux-info|dumpbase|dumpdir|wrapper|specs|rpath|-param|-sysroot)$/;

/**
 * The words after a compiler's name for code in a language that it reads from its standard input. Files
 * among the words that follow are of the language that their suffix says; where there are none, clang 20
 * and later complains of being told so.
 */
export function codeOnInput(language: string, following: readonly string[]): readonly string[] {
  const isFile = (word: string, at: number): boolean =>
    !word.startsWith('-') && !takeNextWord.test(following[at - 1] ?? '');
  const at = following.findIndex(isFile);
  const words = at < 0 ? following : following.toSpliced(at, 0, '-xnone');
  return [`-x${language}`, '-', ...words];
}
