import { expect, test } from 'vitest';
import { faultsOf, fuzzCase } from './fuzz.ts';
import { ownProjects } from './seeds.ts';

test('broken build files are read, formatted and evaluated without a crash, each refusal with a place', () => {
  const seed = 20;
  const bad = Array.from({ length: 200 }, (_, at) => at).flatMap((at) => {
    const faults = faultsOf(fuzzCase(ownProjects, seed, at));
    return faults.map((fault) => `case ${at}: ${fault}`);
  });
  expect(bad).toEqual([]);
});

test('a case is the same for the same numbers', () => {
  expect(fuzzCase(ownProjects, 3, 7)).toEqual(fuzzCase(ownProjects, 3, 7));
});
