import type { EnvironmentChange } from '../base/environment.ts';
import { quoteWord, quoteWords } from '../base/shell-words.ts';
import type { Command, Work } from './graph.ts';

/** The command as a line for a shell in the build directory; empty for work that kaon does itself. */
export function commandLine(work: Work): string {
  if (work.kind !== 'command') return '';
  const words = [
    ...environmentWords(work.environment),
    ...(work.argv.length > 0 ? [quoteWords(work.argv)] : []),
  ];
  const line = words.join(' ') + redirections(work);
  return work.cwd === undefined ? line : `(cd ${quoteWord(work.cwd)} && ${line})`;
}

function redirections({ stdin, stdout }: Command): string {
  const from = stdin === undefined ? '' : ` < ${quoteWord(stdin)}`;
  return stdout === undefined ? from : `${from} > ${quoteWord(stdout)}`;
}

/** The command as a script that can be called from anywhere, a variable a line. */
export function commandScript(
  command: Command,
  { description, folder }: { readonly description: string; readonly folder: string },
): string {
  const folders = [folder, ...(command.cwd === undefined ? [] : [command.cwd])];
  const variables = environmentWords(command.environment);
  return [
    '#!/bin/sh',
    `# ${description.replaceAll('\n', ' ')}`,
    ...folders.map((path) => `cd ${quoteWord(path)} || exit`),
    // Its names need not be a shell's: `CARGO_BIN_EXE_my-tool`.
    [variables[0] === 'env' || variables.length === 0 ? 'exec' : 'exec env', ...variables]
      .concat(quoteWords(command.argv) + redirections(command))
      .join(' \\\n  '),
    '',
  ].join('\n');
}

/** The compiler and its like: not the shell that reads a build script's variables before it. */
export function withoutShell(argv: readonly string[]): readonly string[] {
  return argv[0] === 'sh' && argv[2]?.endsWith('exec "$@"') === true ? argv.slice(4) : argv;
}

function environmentWords(changes: readonly EnvironmentChange[]): readonly string[] {
  const unset: string[] = [];
  const set: string[] = [];
  for (const change of changes) {
    const { name } = change;
    if (change.kind === 'unset') unset.push('-u', quoteWord(name));
    if (change.kind === 'set') set.push(`${name}=${quoteWord(change.value)}`);
    if (change.kind === 'append') {
      const value = quoteWord(change.separator + change.value);
      set.push(`${name}="$${name}"${value}`);
    }
    if (change.kind === 'prepend') {
      const value = quoteWord(change.value + change.separator);
      set.push(`${name}=${value}"$${name}"`);
    }
  }
  return unset.length > 0 ? ['env', ...unset, ...set] : set;
}
