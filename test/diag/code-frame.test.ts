import { expect, test } from 'vitest';
import { codeFrame } from '../../src/diag/code-frame.ts';

test('of a very long line only what stands around the fault is shown', () => {
  const text = `${'('.repeat(100_000)}fault${')'.repeat(100_000)}`;
  const [code, carets] = codeFrame(
    { path: 'meson.build', text },
    { start: 100_000, end: 100_005 },
  ).split('\n');
  expect(code).toBe(`    1 | …${'('.repeat(80)}fault${')'.repeat(155)}…`);
  expect(carets).toBe(`      |  ${' '.repeat(80)}^^^^^`);
});
