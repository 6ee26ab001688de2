import { expect, test } from 'vitest';
import { evaluateText } from '../support/evaluate-text.ts';

/** The first line of what ends evaluation, without its place. */
function refusal(text: string): string | undefined {
  return evaluateText(text).error?.replace(/^.*ERROR: /, '');
}

const turns = (count: number, body: string): string =>
  `x = ''\nforeach i : range(${count})\n  ${body}\nendforeach\n`;

test.each([
  ['a loop without end', turns(1e15, ''), 'The build files ask for too many steps.'],
  ['a string that doubles', turns(60, "x += 'a' + x"), 'The string is too long.'],
  [
    'a string replaced in itself',
    `${turns(1, "x = 'a'")}foreach i : range(60)\n  x = x.replace('a', 'aaaaaaaaaaaaaaaa')\nendforeach`,
    'The string is too long.',
  ],
  ['a string formatted of itself', turns(60, "x = 'a@0@@0@'.format(x)"), 'The string is too long.'],
  ['an f-string of itself', turns(60, "x = f'a@x@@x@'"), 'The string is too long.'],
  ['a list of itself, twice', turns(60, 'x = [x, x]'), 'The list is too long.'],
  [
    'a dictionary of itself, twice',
    turns(60, "x = {'a': x, 'b': x}"),
    'The dictionary is too long.',
  ],
  [
    'lists nested too deep',
    `${turns(100_000, 'x = [x]')}message(x)`,
    'A value is too long, or nested too deep.',
  ],
])('%s is refused with a message', (_what, text, message) => {
  expect(refusal(text)).toBe(message);
});

test('what a project asks for in earnest is not refused', () => {
  const text = `x = []
foreach i : range(5000)
  x += 'file@0@.c'.format(i)
endforeach
message(x.length())`;
  expect(evaluateText(text).messages).toEqual(['5000']);
});
