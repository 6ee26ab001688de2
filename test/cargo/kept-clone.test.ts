import { expect, test } from 'vitest';
import { keptClone } from '../../src/cargo/kept-clone.ts';
import { MemoryHost } from '../support/memory-host.ts';

test('a commit that Cargo has checked out is found by its repository and its id', () => {
  const id = 'a13e5686'.repeat(5);
  const host = new MemoryHost(
    {
      '/c/git/checkouts/dep-0123/a13e568/.cargo-ok': '',
      '/c/git/checkouts/dep-0123/a13e568/.git/HEAD': 'ref: refs/heads/master\n',
      '/c/git/checkouts/dep-0123/a13e568/.git/refs/heads/master': `${id}\n`,
      '/c/git/checkouts/plain-0123/a13e568/.cargo-ok': '',
      '/c/git/checkouts/plain-0123/a13e568/.git/HEAD': `${id}\n`,
      '/c/git/checkouts/half-0123/a13e568/.git/HEAD': `${id}\n`,
    },
    { environment: { CARGO_HOME: '/c' } },
  );
  const found = (url: string, revision = id) => keptClone(host, { url, revision });
  const folder = '/c/git/checkouts/dep-0123/a13e568';
  for (const url of ['https://example.org/dep', 'https://example.org/x/dep.git', 'file:///r/dep/'])
    expect(found(url)).toBe(folder);
  expect(found('https://example.org/plain')).toBe('/c/git/checkouts/plain-0123/a13e568');
  expect(found('https://example.org/other')).toBeUndefined();
  expect(found('https://example.org/dep', `a13e568${'0'.repeat(33)}`)).toBeUndefined();
  // Cargo was stopped before it was done.
  expect(found('https://example.org/half')).toBeUndefined();
});
