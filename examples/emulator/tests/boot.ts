/** boot EMULATOR GUEST_FOLDER EXPECTED_FOLDER: boots guests and compares what they print. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { run, startWeb } from './emulator.ts';
import { tap } from './tap.ts';

const [emulator = '', guests = '', expected = ''] = process.argv.slice(2);
const guest = (name: string): string => join(guests, `${name}.elf`);

async function boots(name: string): Promise<void> {
  const outcome = await run(emulator, ['-clock', 'virtual', guest(name)]);
  assert.equal(outcome.stderr, '');
  assert.equal(outcome.stdout, readFileSync(join(expected, `${name}.expected`), 'utf8'));
  assert.equal(outcome.status, 0);
}

async function refuses(args: readonly string[], message: string): Promise<void> {
  const outcome = await run(emulator, args);
  assert.equal(outcome.stderr, `emulator: ${message}\n`);
  assert.equal(outcome.status, 2);
}

/** Asks the web console for something; `origin` is the page that asks. */
function request(url: string, origin?: string): Promise<IncomingMessage> {
  const upgrade = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    Origin: origin,
  };
  return new Promise((resolve, reject) => {
    const asked = get(url, { headers: origin === undefined ? {} : upgrade });
    asked.on('error', reject);
    asked.on('response', resolve);
    asked.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve(response);
    });
  });
}

async function servesTheConsole(): Promise<void> {
  const web = await startWeb(emulator, guest('echo'));
  try {
    const page = await request(web.url);
    assert.equal(page.statusCode, 200);
    assert.match(page.headers['content-type'] ?? '', /^text\/html/);
    assert.equal((await request(`${web.url}nothing`)).statusCode, 404);

    const own = await request(`${web.url}uart`, new URL(web.url).origin);
    assert.equal(own.statusCode, 101);
    assert.equal(own.headers['sec-websocket-accept'], 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
    const foreign = await request(`${web.url}uart`, 'http://elsewhere.example');
    assert.equal(foreign.statusCode, 403);
  } finally {
    web.kill();
    await web.status;
  }
}

await tap([
  ['hello prints and counts', () => boots('hello')],
  ['timer takes interrupts', () => boots('timer')],
  [
    'echo repeats what is typed',
    async () => {
      const { stdout, status } = await run(emulator, [guest('echo')], 'kaon\r\x04');
      assert.equal(stdout, 'Type, and end with Control-D.\n> kaon\n\nGoodbye.\n');
      assert.equal(status, 0);
    },
  ],
  [
    'the status is the guest’s',
    async () => assert.equal((await run(emulator, [guest('fail')])).status, 7),
  ],
  [
    'a guest that is none is refused',
    async () => {
      const { status, stderr } = await run(emulator, [join(guests, 'none.elf')]);
      assert.match(stderr, /none\.elf: No such file/);
      assert.equal(status, 1);
    },
  ],
  [
    '-machine refuses an unknown option',
    () =>
      refuses(
        ['-machine', 'virt,colour=red', guest('hello')],
        '-machine: unknown option "colour" for a machine of aarch64',
      ),
  ],
  [
    '-machine refuses what this machine has not',
    () => refuses(['-machine', 'virt,nvdimm=on', guest('hello')], '-machine: this machine has no "nvdimm"'),
  ],
  ['the web console is served, to its own page only', servesTheConsole],
]);
