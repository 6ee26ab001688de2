import type { Finished } from '../../host/host.ts';
import { inSource } from './in-source.ts';
import type { Mirror } from './mirror.ts';
import { outcomeOf, type ToolOutcome } from './tool-outcome.ts';

/** What `tsc --listFiles` read, among what else it said. */
export function filesRead({ stdout }: Finished): readonly string[] {
  return stdout.split('\n').filter(isRead);
}

/** What it said to people, with the paths that they know. */
export function outcomeOfTsc(
  done: Finished,
  mirror: Pick<Mirror, 'source' | 'mirror'>,
): ToolOutcome {
  const shown = done.stdout.split('\n').filter((line) => !isRead(line));
  const stdout = inSource(shown.join('\n'), mirror);
  return outcomeOf({ ...done, stdout: stdout.trim() === '' ? '' : stdout }, 'tsc');
}

function isRead(line: string): boolean {
  return line.startsWith('/') && !line.includes(': error ');
}
