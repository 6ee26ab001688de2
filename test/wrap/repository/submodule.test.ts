import { expect, test } from 'vitest';
import { resolveSubmodule } from '../../../src/wrap/repository/submodule.ts';
import { MemoryHost } from '../../support/memory-host.ts';

test('git says why a submodule cannot be had, without the secrets of its URL', async () => {
  const host = new MemoryHost({ 'sub/.keep': '' });
  host.program('git', ({ argv }) =>
    argv.includes('status')
      ? '-0123 sub'
      : { code: 1, stdout: '', stderr: "fatal: unable to access 'https://me:secret@host/sub'\n" },
  );
  const got = await resolveSubmodule(host, '/project/sub');
  expect(!got.ok && got.error.diagnostic).toMatchObject({
    message: 'git submodule failed to init',
    hints: ["fatal: unable to access 'https://*********@host/sub'"],
  });
});
