import type { EnvironmentChange } from '../base/environment.ts';
import type { Command, Work } from '../graph/graph.ts';

/** The command as a line for a shell in the build directory; empty for work that kaon does itself. */
export function commandLine(work: Work): string {
  if (work.kind !== 'command') return '';
  const words = [...environmentWords(work.environment), ...work.argv.map(shellWord)];
  if (work.stdin !== undefined) words.push('<', shellWord(work.stdin));
  if (work.stdout !== undefined) words.push('>', shellWord(work.stdout));
  const line = words.join(' ');
  return work.cwd === undefined ? line : `(cd ${shellWord(work.cwd)} && ${line})`;
}

/** A word as a POSIX shell reads it back. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function environmentWords(changes: readonly EnvironmentChange[]): readonly string[] {
  const unset: string[] = [];
  const set: string[] = [];
  for (const change of changes) {
    const { name } = change;
    if (change.kind === 'unset') unset.push('-u', shellWord(name));
    if (change.kind === 'set') set.push(`${name}=${shellWord(change.value)}`);
    if (change.kind === 'append') {
      const value = shellWord(change.separator + change.value);
      set.push(`${name}="$${name}"${value}`);
    }
    if (change.kind === 'prepend') {
      const value = shellWord(change.value + change.separator);
      set.push(`${name}=${value}"$${name}"`);
    }
  }
  return unset.length > 0 ? ['env', ...unset, ...set] : set;
}

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
