import { expect, test } from 'vitest';
import { proofFolder, writeNames } from '../../../src/store/no-op/no-op-proof.ts';
import { MemoryHost } from '../../support/memory-host.ts';

test('the names of headers may be as many as a large project has', () => {
  const { files } = new MemoryHost();
  files.makeDirectory(`/b/${proofFolder}`);
  const names = new Uint32Array(500_000).fill(7);
  expect(writeNames(files, '/b', names)).toMatchObject({ ok: true });
});
