import type { EnvironmentChange } from '../base/environment.ts';
import type { Work } from './graph.ts';

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
