/** Passes words to the linker behind a compiler: `-Wl,-rpath,x`, or `-Xlinker` each where a word has a comma. */
export function throughCompiler(words: readonly string[]): readonly string[] {
  if (words.length === 0) return [];
  if (words.some((word) => word.includes(','))) return words.flatMap((word) => ['-Xlinker', word]);
  return [`-Wl,${words.join(',')}`];
}
