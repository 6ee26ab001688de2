import type { Command } from '../graph/graph.ts';

/** Lengths that Linux and macOS both take: one argument, and all of them. */
const longestArgument = 131_000;
const longestLine = 512 * 1024;

/** The arguments that the process gets, and the response file to write first where they are too long. */
export function argumentsOf({ argv, response }: Command): {
  readonly argv: readonly string[];
  readonly file?: { readonly path: string; readonly content: string };
} {
  const total = argv.reduce((sum, argument) => sum + argument.length + 9, 0);
  const tooLong = total > longestLine || argv.some((argument) => argument.length > longestArgument);
  if (response === undefined || !tooLong) return { argv };
  const moved = argv.slice(response.from);
  const quote = response.quoting === 'gcc' ? gccWord : (word: string): string => word;
  return {
    argv: [...argv.slice(0, response.from), `@${response.path}`],
    file: { path: response.path, content: `${moved.map(quote).join('\n')}\n` },
  };
}

/** As GNU tools read a word in a response file: quotes and backslashes as in a shell. */
function gccWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `"${word.replaceAll(/["\\]/g, '\\$&')}"`;
}
