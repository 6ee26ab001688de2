import { expect, test } from 'vitest';
import { untar } from '../../../src/cli/release/prove.ts';

test.each([
  ['x.tar', '-xf'],
  ['x.tar.gz', '-xzf'],
  ['x.tar.bz2', '-xjf'],
  ['x.tar.xz', '-xJf'],
  ['x.tar.zst', '-xf'],
])('tar is told how %s is packed', (archive, words) => {
  expect(untar(archive, '/into')).toEqual(['tar', words, archive, '-C', '/into']);
});
