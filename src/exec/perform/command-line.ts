import type { Command } from '../../graph/graph.ts';
import { throughFile } from '../../graph/response-file.ts';

/** Lengths that Linux and macOS both take: one argument, and all of them. */
const longestArgument = 131_000;
const longestLine = 512 * 1024;

/** The arguments that the process gets, and the response file to write first where they are too long. */
export function argumentsOf(command: Command): {
  readonly argv: readonly string[];
  readonly file?: { readonly path: string; readonly content: string };
} {
  const { argv, response } = command;
  const total = argv.reduce((sum, argument) => sum + argument.length + 9, 0);
  const tooLong = total > longestLine || argv.some((argument) => argument.length > longestArgument);
  if (response === undefined || !tooLong) return { argv };
  const { path, lines, argv: short } = throughFile(command, response);
  return { argv: short, file: { path, content: `${lines.join('\n')}\n` } };
}

/** Whether tools that run several processes or threads would ask for a token for each, if they are told whom. */
export function asksForTokens(argv: readonly string[]): boolean {
  return argv.some(
    (word) =>
      word.startsWith('-flto') ||
      /(?:^|\/)(?:rustc|rustdoc|clippy-driver|cargo|g?make|ninja|build-script)$/.test(word),
  );
}

/** Whether, of those, it is one that must inherit them, or hands them on to a make that must. */
export function inheritsTokens(argv: readonly string[]): boolean {
  return argv.some((word) => /(?:^|\/)(?:cargo|g?make)$/.test(word));
}
