import { expect, test } from 'vitest';
import { ignoredBy } from '../../../src/cli/watch/ignored.ts';
import { MemoryHost } from '../../support/memory-host.ts';

test('a file among the sources into which we write what we say is no source', () => {
  const { files } = new MemoryHost({ 'watch.log': '', 'a.log': '', '/dev/x': '' });
  files.symlink('/project/watch.log', '/dev/stdout');
  const ignores = ignoredBy(files, { sourceRoot: '/project', buildRoot: '/project/build' });
  expect(ignores('/project/watch.log')).toBe(true);
  expect(ignores('/project/a.log')).toBe(false);
});
