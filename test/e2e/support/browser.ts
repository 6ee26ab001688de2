import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

interface Reply {
  readonly id?: number;
  readonly result?: {
    readonly targetId?: string;
    readonly sessionId?: string;
    readonly result?: { readonly value?: unknown };
  };
  readonly error?: { readonly message: string };
}

/** A page in a real browser. */
export interface Page {
  /** The value of an expression in the page. */
  evaluate(expression: string): Promise<unknown>;
  /** The same, once it is something: a page takes its time to be there. */
  until(expression: string): Promise<unknown>;
  close(): Promise<void>;
}

/** Where Chromium is; undefined where there is none. */
export function findBrowser(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Opens a page by the DevTools protocol over a pipe: messages end with a NUL. */
export async function openPage(browser: string, url: string): Promise<Page> {
  const profile = mkdtempSync(join(tmpdir(), 'kaon-e2e-browser-'));
  const words = '--headless --no-sandbox --disable-gpu --no-first-run --remote-debugging-pipe';
  const child: ChildProcess = spawn(
    browser,
    [...words.split(' '), `--user-data-dir=${profile}`, 'about:blank'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const commands = child.stdio[3] as Writable; // a pipe, as spawn was told
  const replies = child.stdio[4] as Readable;
  const waiting = new Map<number, (reply: Reply) => void>();
  let text = '';
  let count = 0;
  commands.on('error', () => {}); // a browser that went away is seen by its silence
  replies.setEncoding('utf8').on('data', (more: string) => {
    const messages = (text + more).split('\0');
    text = messages.pop() ?? '';
    for (const message of messages) {
      const reply: Reply = JSON.parse(message);
      waiting.get(reply.id ?? 0)?.(reply);
    }
  });
  const send = async (method: string, params: object, sessionId?: string) => {
    const id = ++count;
    const reply = await new Promise<Reply>((resolve) => {
      waiting.set(id, resolve);
      commands.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
    if (reply.error !== undefined) throw new Error(`${method}: ${reply.error.message}`);
    return reply.result ?? {};
  };
  const { targetId } = await send('Target.createTarget', { url });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const evaluate = async (expression: string): Promise<unknown> => {
    const params = { expression, awaitPromise: true, returnByValue: true };
    return (await send('Runtime.evaluate', params, sessionId)).result?.value;
  };
  return {
    evaluate,
    until: async (expression) => {
      for (let waitedMs = 0; waitedMs < 60_000; waitedMs += 50) {
        const value = await evaluate(expression);
        if (value !== undefined && value !== null) return value;
        await sleep(50);
      }
      return undefined;
    },
    close: async () => {
      const ended = new Promise((resolve) => child.on('exit', resolve));
      void send('Browser.close', {});
      const killer = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(killer);
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
