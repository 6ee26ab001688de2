import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { processTerminal } from '../../../src/cli/terminal/terminal.ts';
import { jobs as jobsWord, number, parseWords } from '../../../src/cli/words/parse-words.ts';

/** What `--jobs` says, or the complaint about it. */
function jobs(...words: string[]): string | number {
  const stderr = Object.assign(new PassThrough({ encoding: 'utf8' }), {
    isTTY: false,
    columns: 80,
    rows: 24,
  });
  const streams = { stdout: stderr, stderr, environment: {}, exit: () => undefined };
  const usage = {
    name: 'x',
    summary: '',
    define: (command: { option(flags: string, text: string): unknown }) =>
      void command.option('-j, --jobs <n>', ''),
  };
  const parsed = parseWords(processTerminal(streams), usage, words);
  return parsed.kind === 'run'
    ? number(parsed.options, 'jobs', 7)
    : String(stderr.read()).trimEnd();
}

test('a number is a number', () => {
  expect([jobs(), jobs('-j', '3'), jobs('-j0'), jobs('--jobs=1.5')]).toEqual([7, 3, 0, 1.5]);
  expect(jobs('-j=2')).toBe(2);
});

test('as many commands as ever may run by a word of their own', () => {
  expect([jobsWord('default'), jobsWord('2'), jobsWord('-1')]).toEqual(['0', '2', '-1']);
  expect(() => jobsWord('x')).toThrow(
    'could not parse `x`. Number of parallel jobs should be `default` or a number.',
  );
});

test.each(['abc', '', '3x'])('%j is refused where a number is wanted', (word) => {
  expect(jobs('-j', word)).toMatch(
    /^error: option '-j, --jobs <n>' argument '.*' is invalid\. It is not a number\./,
  );
});

test('who misses a word is told where the words are told, unless the right one is near', () => {
  expect(jobs('--wat')).toBe("error: unknown option '--wat'\n`kaon x --help` tells what it takes.");
  expect(jobs('--jbos', '2')).toBe("error: unknown option '--jbos'\n(Did you mean --jobs?)");
});
