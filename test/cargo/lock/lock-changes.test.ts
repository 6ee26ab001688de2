import { expect, test } from 'vitest';
import { parseLock } from '../../../src/cargo/lock/lock.ts';
import { lockChanges, shownChanges } from '../../../src/cargo/lock/lock-changes.ts';

/** A lock file of packages, each `name version source`. */
function lockOf(packages: readonly string[]) {
  const text = packages.map((each) => {
    const [name, version, source] = each.split(' ');
    return `[[package]]\nname = "${name}"\nversion = "${version}"\nsource = "${source}"\n`;
  });
  const lock = parseLock({ path: 'Cargo.lock', text: `version = 4\n${text.join('')}` });
  if (!lock.ok) throw new Error(lock.error[0]?.message);
  return lock.value;
}

const registry = 'registry+https://example.org/index';
const git = 'git+https://example.org/it?branch=main';

test('what came, went and changed is told in one line, commits where versions stay the same', () => {
  const before = lockOf([
    `a 1.0.0 ${registry}`,
    `b 1.0.0 ${registry}`,
    `g 2.0.0 ${git}#0123456789`,
  ]);
  const now = lockOf([`a 1.1.0 ${registry}`, `c 1.0.0 ${registry}`, `g 2.0.0 ${git}#abcdef0123`]);
  expect(shownChanges(lockChanges(before, now))).toBe(
    '~ a 1.0.0 -> 1.1.0, + c 1.0.0, ~ g 2.0.0 (01234567) -> 2.0.0 (abcdef01), - b 1.0.0',
  );
});

test('of many changes the first are named', () => {
  const now = lockOf(Array.from({ length: 20 }, (_, at) => `p${at} 1.0.0 ${registry}`));
  expect(shownChanges(lockChanges(lockOf([]), now))).toMatch(/^\+ p0 1\.0\.0, .*, 12 more$/);
});
