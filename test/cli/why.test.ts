import { expect, test } from 'vitest';
import { difference } from '../../src/cli/commands/why.ts';

test('of two commands the words are told that came and went, and not how many they are', () => {
  expect(difference(['2', 'cc', '-O0'], ['3', 'cc', '-O2', '-g'])).toBe('--O0 +-O2 +-g');
  expect(difference(['3', 'cc', '-a', '-b'], ['3', 'cc', '-b', '-a'])).toBe(
    'the order of its words',
  );
});
