import { expect, test } from 'vitest';
import { installedBelow } from '../../../src/cli/internal/python-compile.ts';
import type { InstallItem } from '../../../src/model/install-plan.ts';

test('modules that are built are compiled when they are installed, as those of the sources', () => {
  const common = { subproject: '', tag: undefined, mode: undefined };
  const items: readonly InstallItem[] = [
    {
      ...{ ...common, kind: 'target', from: 'python/made.py', directory: 'lib/python3/site' },
      ...{ strip: false, canStrip: false, rpath: undefined, optional: false },
    },
    {
      ...common,
      kind: 'file',
      from: 'a.py',
      to: '/usr/lib/python3/site/a.py',
      followSymlinks: true,
    },
    { ...common, kind: 'file', from: 'b.py', to: 'share/b.py', followSymlinks: true },
  ];
  expect(installedBelow({ prefix: '/usr', items }, ['/usr/lib/python3/site'])).toEqual([
    '/usr/lib/python3/site/made.py',
    '/usr/lib/python3/site/a.py',
  ]);
});
