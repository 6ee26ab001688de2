/** Running the emulator from a test. */

import { spawn } from 'node:child_process';

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, with `input` typed in. */
export function run(command: string, args: readonly string[], input = ''): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { timeout: 20_000 });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stdout, stderr }));
    child.stdin.on('error', () => {}); // it need not read to the end
    child.stdin.end(input);
  });
}

/** An emulator whose UART is a web page. */
export interface WebEmulator {
  readonly url: string;
  /** Its exit status, once it ends. */
  readonly status: Promise<number | null>;
  kill(): void;
}

/** Starts one, and waits until it says where the page is. */
export function startWeb(emulator: string, guest: string): Promise<WebEmulator> {
  return new Promise((resolve, reject) => {
    const child = spawn(emulator, ['-serial', 'web', guest], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const status = new Promise<number | null>((ended) => child.on('close', ended));
    let text = '';
    child.on('error', reject);
    child.on('close', () => reject(new Error('the emulator ended at once')));
    child.stdout.setEncoding('utf8').on('data', (more: string) => {
      text += more;
      const url = /^console: (\S+)\n/.exec(text)?.[1];
      if (url) resolve({ url, status, kill: () => child.kill() });
    });
  });
}
