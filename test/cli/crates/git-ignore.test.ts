import { expect, test } from 'vitest';
import { ignoreChange, withEntries } from '../../../src/cli/crates/git-ignore.ts';
import { MemoryHost } from '../../support/memory-host.ts';

function changed(text: string, added: readonly string[], removed: readonly string[] = []): string {
  return withEntries(text, { added, removed });
}

test('a folder of a package stands among its like, written as they are', () => {
  const text = '/packagecache/\n/bilge-0.2.0\n/syn-2.0.66\n# mine\n*.tmp\n';
  expect(changed(text, ['/itoa-1.0.15'])).toBe(
    '/packagecache/\n/bilge-0.2.0\n/itoa-1.0.15\n/syn-2.0.66\n# mine\n*.tmp\n',
  );
  expect(changed(text, ['/aho-1.0.0'])).toContain('/aho-1.0.0\n/bilge-0.2.0\n');
});

test('the first folder of a package goes to the end', () => {
  expect(changed('/packagecache/\n', ['/b-1.0.0', '/a-1.0.0'])).toBe(
    '/packagecache/\n/a-1.0.0/\n/b-1.0.0/\n',
  );
});

test('what is there is not added again, and what goes leaves all else as it was', () => {
  const text = '# why\n/a-1.0.0/\n\n/b-1.0.0\n';
  expect(changed(text, ['/a-1.0.0'])).toBe(text);
  expect(changed(text, ['/a-1.0.1'], ['/a-1.0.0'])).toBe('# why\n/a-1.0.1/\n\n/b-1.0.0\n');
  expect(changed(text, [], ['/a-1.0.0', '/b-1.0.0'])).toBe('# why\n\n');
});

test('the file that the first wrap brought goes with the last one, but not what is ignored', () => {
  const places = { sourceRoot: '/p', subprojects: '/p/subprojects' };
  const path = '/p/subprojects/.gitignore';
  const left = (files: Readonly<Record<string, string>>) =>
    ignoreChange(new MemoryHost(files).files, places, { added: [], removed: ['a-1.0'] })?.after;
  expect(left({ [path]: '/packagecache/\n/a-1.0\n' })).toBeUndefined();
  expect(left({ [path]: '/packagecache/\n/a-1.0\n/b-1.0\n' })).toBe('/packagecache/\n/b-1.0\n');
  expect(
    left({ [path]: '/packagecache/\n/a-1.0\n', '/p/subprojects/packagecache/a.crate': '' }),
  ).toBe('/packagecache/\n');
});
