import { expect, test } from 'vitest';
import { rustSubtests } from '../../../src/testrun/judge/rust-results.ts';

test('each Rust test is a result of its own, and a failed one comes with what it printed', () => {
  const output = [
    'running 3 tests',
    'test parse::empty ... ok',
    'test parse::deep ... FAILED',
    'test slow ... ignored, takes long',
    '',
    'failures:',
    '',
    '---- parse::deep stdout ----',
    'left: 1',
    'right: 2',
    '',
    'failures:',
    '    parse::deep',
    '',
    'test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out',
  ];
  expect(rustSubtests(output.join('\n'))).toEqual([
    { name: 'parse.empty', outcome: 'ok' },
    { name: 'parse.deep', outcome: 'fail', explanation: 'left: 1\nright: 2' },
    { name: 'slow', outcome: 'skip' },
  ]);
});

test('a documentation test is called by its file, item and line', () => {
  const output =
    'test src/lib.rs - Uart::send (line 12) ... ok\ntest src/lib.rs - (line 3) ... ok\n';
  expect(rustSubtests(output).map(({ name }) => name)).toEqual([
    'src/lib.rs:Uart.send:12',
    'src/lib.rs:3',
  ]);
});
