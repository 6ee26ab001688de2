import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { connect } from '../../src/lsp/connect.ts';
import { MemoryFiles } from '../support/memory-files.ts';

const initialize = {
  id: 1,
  method: 'initialize',
  params: { processId: null, rootUri: null, capabilities: {} },
};
const shutdown = { id: 2, method: 'shutdown' };
const exit = { method: 'exit' };

function framed(message: object): string {
  const text = JSON.stringify({ jsonrpc: '2.0', ...message });
  return `Content-Length: ${text.length}\r\n\r\n${text}`;
}

/** Says all at once and hangs up: which questions were answered, and with what the server exits. */
async function said(text: string) {
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  const disk = new MemoryFiles('/project', () => 0n);
  const code = connect({ stdin, stdout }, { disk, version: '1', pauseMs: 0 });
  stdin.end(text);
  const exitCode = await code;
  const output = String(stdout.read() ?? '');
  return { exitCode, answered: [...output.matchAll(/"id":(\d+),"result"/g)].map(([, id]) => id) };
}

test.each([
  [framed(initialize) + framed(shutdown) + framed(exit), { exitCode: 0, answered: ['1', '2'] }],
  [framed(initialize) + framed(shutdown), { exitCode: 0, answered: ['1', '2'] }],
  [framed(initialize), { exitCode: 1, answered: ['1'] }],
  [framed(initialize) + framed(shutdown).slice(0, -5), { exitCode: 1, answered: ['1'] }],
  ['', { exitCode: 1, answered: [] }],
])('who says all at once and hangs up is answered first: %#', async (text, outcome) => {
  expect(await said(text)).toEqual(outcome);
});
