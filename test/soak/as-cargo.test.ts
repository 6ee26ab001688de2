import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { built, oracle, tested } from '../oracle/main.ts';
import { subjects } from '../oracle/subjects.ts';
import { layOut } from '../oracle/workshop.ts';
import { size } from './support/size.ts';

const root = resolve(import.meta.dirname, '../..');
const [first] = subjects;
/** Cargo is there, and has the crates or gets them. */
const reachable = first !== undefined && 'folder' in layOut(first);

/** What differs is printed. */
function isAsCargo(names: readonly string[], ...how: readonly string[]): boolean {
  return oracle(root, [...names, ...how]) === 0;
}

test.skipIf(!reachable)('packages have the units that Cargo has', () => {
  const names = subjects.map(({ crate }) => crate);
  expect(isAsCargo(names.slice(0, size(names.length, 1)))).toBe(true);
});

test.skipIf(!reachable)('rustc and build scripts are called as by Cargo', () => {
  expect(isAsCargo(built.slice(0, size(built.length, 1)), '--commands')).toBe(true);
});

test.skipIf(!reachable)('each test of a package ends as with Cargo', () => {
  expect(isAsCargo(tested.slice(0, size(tested.length, 1)), '--tests')).toBe(true);
});
