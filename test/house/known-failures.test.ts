import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { type CaseResult, judge, parseKnownFailures } from '../conformance/known-failures.ts';

const passes: CaseResult = { id: 'a', status: 'pass', stage: 'install', reason: '', message: null };
const fails: CaseResult = { ...passes, status: 'fail', reason: 'why' };

test('what fails and is not listed, and what is listed and passes, is told', () => {
  const verdict = judge(
    [passes, { ...fails, id: 'b' }, { ...fails, id: 'c' }, { ...passes, id: 'd' }],
    { cases: { a: 'pass', b: 'pass', c: 'pass', d: 'pass' }, isLacking: false },
    new Map([
      ['c', 'why'],
      ['d', 'why'],
    ]),
  );
  expect(verdict.passed).toBe(2);
  expect(verdict.unexpected.map(({ id }) => id)).toEqual(['b']);
  expect(verdict.known).toEqual(['c']);
  expect(verdict.mended).toEqual(['d']);
});

test('only what Meson passes counts; a wrong wording is a failure; what cannot run is told apart', () => {
  const verdict = judge(
    [
      { ...fails, id: 'a' },
      { ...passes, id: 'b', message: false },
      { ...passes, id: 'c', status: 'skip', stage: '', reason: 'no cmake' },
    ],
    { cases: { a: 'skip', b: 'pass', c: 'pass' }, isLacking: false },
    new Map(),
  );
  expect(verdict.unexpected.map(({ id }) => id)).toEqual(['b']);
  expect(verdict.lacking.map(({ reason }) => reason)).toEqual(['no cmake']);
});

test('a case that skips itself may do so only where something is missing', () => {
  const skips: CaseResult = { ...passes, status: 'skip', stage: 'setup', reason: 'no cups' };
  const judged = (isLacking: boolean) =>
    judge([skips], { cases: { a: 'pass' }, isLacking }, new Map());
  expect(judged(true)).toMatchObject({ unexpected: [], lacking: [skips] });
  expect(judged(false)).toMatchObject({ unexpected: [skips], lacking: [] });
});

test('each known failure has its reason', () => {
  const path = resolve(import.meta.dirname, '../conformance/known-failures.txt');
  expect(() => parseKnownFailures(readFileSync(path, 'utf8'))).not.toThrow();
  expect(() => parseKnownFailures('common/1 trivial')).toThrow('say why it fails');
});
