import { expect, test } from 'vitest';
import { showsOutput, testArguments } from '../../../src/cli/cargo/test-arguments.ts';
import { plannedTest } from '../../testrun/planned-test.ts';

const tests = [plannedTest('lib'), plannedTest('test whole')];

test('names that no program of tests has are for the programs, as are words behind `--`', () => {
  expect(testArguments(tests, [], [])).toEqual({ names: [], forPrograms: [] });
  expect(testArguments(tests, ['lib'], ['-x'])).toEqual({ names: ['lib'], forPrograms: ['-x'] });
  expect(testArguments(tests, ['proj:test *'], [])).toEqual({
    names: ['proj:test *'],
    forPrograms: [],
  });
  for (const name of ['parse', 'tests::lib', 'proj::x'])
    expect(testArguments(tests, [name], ['--exact'])).toEqual({
      names: [],
      forPrograms: [name, '--exact'],
    });
});

test('what tests print is shown where their programs are asked to', () => {
  expect(showsOutput(['x', '--nocapture'])).toBe(true);
  expect(showsOutput(['x', '--exact'])).toBe(false);
});
