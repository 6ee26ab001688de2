import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { bin } from '../../e2e/support/kaon.ts';

/** A kaon that runs. */
export interface Running {
  readonly id: number;
  /** What it said so far, both outputs. */
  said(): string;
  /** To kaon alone, or to its process group. */
  kill(signal: NodeJS.Signals, whom: 'it' | 'group'): void;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

export function start(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Running {
  const child = spawn(bin, args, {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const id = child.pid;
  if (id === undefined) {
    child.on('error', () => undefined);
    // As a process group, none would be our own.
    throw new Error(`kaon could not be started in ${cwd}`);
  }
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (more: string) => {
      text += more;
    });
  }
  return {
    id,
    said: () => text,
    kill: (signal, whom) => {
      try {
        process.kill(whom === 'it' ? id : -id, signal);
      } catch {
        // it is gone
      }
    },
    ended: new Promise((resolve) =>
      child.on('exit', (code, signal) => {
        // What it left running keeps the pipes open.
        child.stdout.destroy();
        child.stderr.destroy();
        resolve({ code, signal });
      }),
    ),
  };
}

/** Descriptions of the actions that ended well, from what `--json` told. */
export function finished(said: string): readonly string[] {
  return said
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line): { kind: string; description?: string } => JSON.parse(line))
    .flatMap(({ kind, description = '' }) => (kind === 'action-finished' ? [description] : []));
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Processes that run with a text in their environment. */
export function processesWith(mark: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((id) => {
      try {
        if (/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${id}/stat`, 'utf8'))) return false;
        return readFileSync(`/proc/${id}/environ`, 'latin1').includes(mark);
      } catch {
        return false;
      }
    });
}
