import type { Session } from '../../src/cli/session.ts';
import { MemoryHost } from './memory-host.ts';

export interface MemorySession {
  readonly session: Session;
  readonly host: MemoryHost;
  /** What was printed to either output, since it was last asked for. */
  readonly printed: () => string;
}

/** A command's surroundings in memory. kaon's own folder is `/kaon`. */
export function memorySession(
  files: Readonly<Record<string, string>> = {},
  { json = false, builder = 'test', looked = false } = {},
): MemorySession {
  const host = new MemoryHost(files);
  let text = '';
  const write = (more: string): void => {
    text += more;
  };
  const session: Session = {
    host,
    terminal: {
      write,
      print: (line) => write(`${line}\n`),
      printError: (line) => write(`${line}\n`),
      color: false,
      interactive: false,
      columns: 80,
    },
    json,
    interruptible: (work) => work(new AbortController().signal),
    asMeson: false,
    self: ['/kaon/bin/kaon'],
    builder,
    looked,
    within: new Set(),
    home: '/kaon',
  };
  const printed = (): string => {
    const said = text;
    text = '';
    return said;
  };
  return { session, host, printed };
}
