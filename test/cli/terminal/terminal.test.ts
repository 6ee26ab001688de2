import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { processTerminal } from '../../../src/cli/terminal/terminal.ts';

const evil = '\u001b[2J\u001b]0;title\u0007 \u001b[31mred\u001b[0m';

/** What a line becomes on standard output. */
function printed(line: string, isTTY: boolean): string {
  const stdout = Object.assign(new PassThrough({ encoding: 'utf8' }), {
    isTTY,
    columns: 80,
    rows: 24,
  });
  processTerminal({ stdout, stderr: stdout, environment: {}, exit: () => undefined }).print(line);
  return String(stdout.read());
}

test('a text of a build file paints a terminal, but does not command it', () => {
  expect(printed(evil, true)).toBe('^[[2J^[]0;title^G \u001b[31mred\u001b[0m\u001b[0m\n');
});

test('programs that read what kaon prints get it as it is', () => {
  expect(printed(evil, false)).toBe(`${evil}\n`);
});

test.each([
  ['EPIPE', 141, ''],
  ['ENOSPC', 1, 'kaon: what it says cannot be written: ENOSPC\n'],
])('where standard output ends with %s, kaon ends with %i', (code, status, said) => {
  const stdout = Object.assign(new PassThrough(), { isTTY: false, columns: 80, rows: 24 });
  const stderr = Object.assign(new PassThrough({ encoding: 'utf8' }), {
    isTTY: false,
    columns: 80,
    rows: 24,
  });
  const exits: number[] = [];
  processTerminal({ stdout, stderr, environment: {}, exit: (one) => exits.push(one) });
  stdout.emit('error', Object.assign(new Error(code), { code }));
  expect([exits, stderr.read() ?? '']).toEqual([[status], said]);
});
