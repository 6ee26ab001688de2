/**
 * browser EMULATOR GUEST: opens the web console in a real browser and types into it. Needs
 * Chromium; skips (exit status 77) where there is none.
 */

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { startWeb } from './emulator.ts';

const skipped = 77;
const browserNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function findBrowser(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return browserNames
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

interface Reply {
  readonly id?: number;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

/** A page, driven by the DevTools protocol over a pipe: messages end with a NUL. */
class Page {
  readonly #commands: Writable;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  #session: string | undefined;

  constructor(browser: ChildProcess) {
    this.#commands = browser.stdio[3] as Writable; // a pipe, as spawn was told
    const replies = browser.stdio[4] as Readable;
    let text = '';
    this.#commands.on('error', () => {}); // a browser that went away is seen by its silence
    replies.setEncoding('utf8').on('data', (more: string) => {
      const messages = (text + more).split('\0');
      text = messages.pop() ?? '';
      for (const message of messages) {
        const reply: Reply = JSON.parse(message);
        this.#waiting.get(reply.id ?? 0)?.(reply);
      }
    });
  }

  async open(url: string): Promise<void> {
    const { targetId } = await this.send('Target.createTarget', { url });
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    this.#session = String(sessionId);
  }

  async send(method: string, params: object): Promise<Record<string, unknown>> {
    const id = this.#waiting.size + 1;
    const message = { id, method, params, sessionId: this.#session };
    const reply = await new Promise<Reply>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#commands.write(`${JSON.stringify(message)}\0`);
    });
    if (reply.error) throw new Error(`${method}: ${reply.error.message}`);
    return reply.result ?? {};
  }

  /** Ends the whole browser; it may not answer. */
  close(): void {
    this.#session = undefined;
    void this.send('Browser.close', {});
  }

  async textOf(selector: string): Promise<string> {
    const expression = `document.querySelector(${JSON.stringify(selector)})?.textContent ?? ''`;
    const { result } = await this.send('Runtime.evaluate', { expression });
    return String((result as { value?: unknown } | undefined)?.value ?? '');
  }

  /** Waits until an element's text is as it should be. */
  async expect(selector: string, text: string): Promise<void> {
    const deadline = Date.now() + 20_000;
    let seen = await this.textOf(selector);
    while (seen !== text && Date.now() < deadline) {
      await sleep(50);
      seen = await this.textOf(selector);
    }
    assert.equal(seen, text);
  }

  async press(key: string, modifiers = 0): Promise<void> {
    await this.send('Input.dispatchKeyEvent', { type: 'keyDown', key, modifiers });
    await this.send('Input.dispatchKeyEvent', { type: 'keyUp', key, modifiers });
  }
}

/** Asks the browser to end, so that all its processes do; kills it when it does not. */
async function endBrowser(browser: ChildProcess, page: Page): Promise<void> {
  const ended = new Promise((resolve) => browser.on('exit', resolve));
  const killer = setTimeout(() => browser.kill('SIGKILL'), 5000);
  if (browser.exitCode === null && browser.signalCode === null) {
    page.close();
    await ended;
  }
  clearTimeout(killer);
}

function startBrowser(path: string, profile: string): ChildProcess {
  const switches =
    '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run ' +
    '--disable-background-networking --disable-component-update --disable-sync ' +
    '--remote-debugging-pipe';
  return spawn(path, [...switches.split(' '), `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
}

const [emulator = '', guest = ''] = process.argv.slice(2);
const browserPath = findBrowser();
if (browserPath === undefined) {
  console.log('no browser is installed');
  process.exit(skipped);
}

const control = 2;
const prompt = 'Type, and end with Control-D.\n> ';
const web = await startWeb(emulator, guest);
const profile = mkdtempSync(join(tmpdir(), 'emulator-browser-'));
const browser = startBrowser(browserPath, profile);
const page = new Page(browser);
try {
  await page.open(web.url);
  await page.expect('#state', 'open');
  await page.expect('#screen', prompt);
  for (const key of ['k', 'a', 'o', 'n', 'Enter']) await page.press(key);
  await page.expect('#screen', `${prompt}kaon\n`);
  await page.press('d', control);
  await page.expect('#screen', `${prompt}kaon\n\nGoodbye.\n`);
  await page.expect('#state', 'closed');
  assert.equal(await web.status, 0);
  console.log('the console shows what the guest prints, and sends what is typed');
} finally {
  web.kill();
  await endBrowser(browser, page);
  rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
