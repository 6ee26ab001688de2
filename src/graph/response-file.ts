import type { Command, ResponseFile } from './graph.ts';

/** A command whose last arguments stand in a response file, one a line. */
export interface ThroughFile {
  readonly argv: readonly string[];
  readonly path: string;
  readonly lines: readonly string[];
}

/** The command as it is where its line would be too long. */
export function throughFile({ argv }: Command, response: ResponseFile): ThroughFile {
  const { path, from, quoting } = response;
  const quote = quoting === 'gcc' ? gccWord : (word: string): string => word;
  return { argv: [...argv.slice(0, from), `@${path}`], path, lines: argv.slice(from).map(quote) };
}

/** As GNU tools read a word in a response file: quotes and backslashes as in a shell. */
function gccWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `"${word.replaceAll(/["\\]/g, '\\$&')}"`;
}
