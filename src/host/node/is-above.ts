import { readFileSync } from 'node:fs';

/** Whether a process started the one that started … us; on Linux, elsewhere none did. */
export function isAbove(processId: number): boolean {
  let above: number | undefined = process.ppid;
  while (above !== undefined && above > 0) {
    if (above === processId) return true;
    above = parentOf(above);
  }
  return false;
}

/** The fourth field of what Linux says of a process; its name, the second, may hold anything. */
function parentOf(processId: number): number | undefined {
  try {
    const text = readFileSync(`/proc/${processId}/stat`, 'latin1');
    const [, parent] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return Number(parent);
  } catch {
    return undefined;
  }
}
