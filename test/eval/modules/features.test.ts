import { expect, test } from 'vitest';
import { evaluateText } from '../../support/evaluate-text.ts';

const setUp = `project('p')
features = import('features')
sse = features.new('SSE', 1, args: '-msse')
sse2 = features.new('SSE2', 2, implies: sse, args: '-msse2')
avx = features.new('AVX', 10, implies: sse2, group: ['AVX_A'], args: {'val': '-mavx', 'match': '-msse.*'})
`;

test('features come with all that they imply, sorted by interest', () => {
  const { messages, error } = evaluateText(`${setUp}
names = []
foreach one : features.implicit_c(avx)
  names += one.get('name')
endforeach
message(','.join(names))
message(features.implicit(avx).length())
message(features.sort(avx, sse, reverse: true)[0].get('name'))`);
  expect(error).toBeUndefined();
  expect(messages).toEqual(['SSE,SSE2,AVX', '2', 'AVX']);
});

test('a feature is detected by its group, else by its name', () => {
  const { messages } = evaluateText(`${setUp}
message(avx.get('detect')[0]['val'], sse.get('detect')[0]['val'])
message(avx.get('args')[0]['match'] != '')`);
  expect(messages).toEqual(['AVX_A SSE', 'true']);
});

test('a feature can be changed', () => {
  const { messages } = evaluateText(`${setUp}
sse.update(disable: 'not here', interest: 5)
message(sse.get('disable'), sse.get('interest'), sse.get('name'))`);
  expect(messages).toEqual(['not here 5 SSE']);
});

test.each([
  ["sse.get('nothing')", "Key 'nothing' is not in the feature."],
  ["features.new('X', 1, args: {'value': '-m'})", 'unknown keys'],
  ["features.new('X', 1, args: {'match': '-m'})", 'requires a dictionary with key "val"'],
  ["features.new('X', 1, args: {'val': '-m', 'match': '('})", 'unable to compile the regex'],
  ['features.test(sse)', 'Unable to get compiler for C or C++'],
])('%s is refused', (text, message) => {
  expect(evaluateText(`${setUp}${text}`).error).toContain(message);
});
