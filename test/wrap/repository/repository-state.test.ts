import { expect, test } from 'vitest';
import { hasOwnWork } from '../../../src/wrap/repository/repository-state.ts';
import { MemoryHost } from '../../support/memory-host.ts';

test.each([
  ['no changeset of its own', '', 1, false],
  ['one that the remote has', 'c0ffee', 1, false],
  ['one that the remote lacks', 'c0ffee', 0, true],
  ['one, and no remote to ask', 'c0ffee', 255, true],
])('a Mercurial clone with %s', async (_what, draft, outgoing, expected) => {
  const host = new MemoryHost({ '/sub/.hg/requires': '' });
  host.program('hg', ({ argv }) => (argv[1] === 'log' ? draft : outgoing));
  expect(await hasOwnWork(host, '/sub')).toBe(expected);
});
