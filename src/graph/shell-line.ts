import type { EnvironmentChange } from '../base/environment.ts';
import { quoteWord, quoteWords } from '../base/shell-words.ts';
import type { Work } from './graph.ts';

/** The command as a line for a shell in the build directory; empty for work that kaon does itself. */
export function commandLine(work: Work): string {
  if (work.kind !== 'command') return '';
  const words = [
    ...environmentWords(work.environment),
    ...(work.argv.length > 0 ? [quoteWords(work.argv)] : []),
  ];
  if (work.stdin !== undefined) words.push('<', quoteWord(work.stdin));
  if (work.stdout !== undefined) words.push('>', quoteWord(work.stdout));
  const line = words.join(' ');
  return work.cwd === undefined ? line : `(cd ${quoteWord(work.cwd)} && ${line})`;
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
