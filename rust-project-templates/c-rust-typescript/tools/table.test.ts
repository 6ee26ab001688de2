import { expect, test } from 'vitest';
import { tableOf } from './table.ts';

test('commands stand in the order of their names, as strings of C', () => {
  expect(tableOf({ stop: 'say "end"', go: 'x' })).toContain(
    ['{"go", "x"},', '    {"stop", "say \\"end\\""},'].join('\n'),
  );
});
