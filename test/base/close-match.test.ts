import { expect, test } from 'vitest';
import { closeMatch, didYouMean } from '../../src/base/close-match.ts';

// As Python's difflib.get_close_matches(name, candidates, n=1) answers.
test.each([
  ['exectable', ['executable', 'shared_library'], 'executable'],
  ['linkwith', ['link_with', 'link_whole', 'link_args'], 'link_with'],
  ['strin', ['string', 'strings'], 'string'],
  ['install', ['install_dir', 'install'], 'install'],
  ['aab', ['aba', 'baa'], 'baa'],
  ['abcd', ['abxx', 'cdxx'], undefined],
  ['foo', ['bar', 'baz'], undefined],
  ['', ['a'], undefined],
])('the name nearest to %s among %j is %s', (name, candidates, nearest) => {
  expect(closeMatch(name, candidates)).toBe(nearest);
});

test('nothing is proposed where nothing is near', () => {
  expect(didYouMean('linkwith', ['link_with'])).toBe(' Did you mean "link_with"?');
  expect(didYouMean('linkwith', ['sources'])).toBe('');
});
