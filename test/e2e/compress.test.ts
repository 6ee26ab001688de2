import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { nodeHost } from '../../src/host/node/node-host.ts';
import { compress } from '../../src/release/archive/compress.ts';

/** More than two blocks of xz, of which each is different. */
function manyBlocks(): Uint8Array {
  const blocks = Array.from({ length: 1700 }, (_, at) => {
    const seed = createHash('sha512').update(String(at)).digest('hex');
    return seed.repeat(256);
  });
  return Buffer.from(blocks.join('\n'));
}

test.for([
  ['xztar', 'xz'],
  ['zstdtar', 'zstd'],
] as const)('%s is the same bytes on any number of cores', async ([format, tool], { skip }) => {
  if (spawnSync(tool, ['--version']).status !== 0) skip();
  const folder = mkdtempSync(join(tmpdir(), 'kaon-e2e-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const from = join(folder, 'from');
  writeFileSync(from, manyBlocks());
  const host = nodeHost();
  const made = await Promise.all(
    [1, 2, 5].map(async (cores) => {
      const to = join(folder, `to-${cores}`);
      const other = { ...host, system: { ...host.system, cores } };
      expect(await compress(other, format, { from, to, folder })).toEqual({
        ok: true,
        value: undefined,
      });
      return readFileSync(to);
    }),
  );
  const [first = Buffer.alloc(0), ...others] = made;
  for (const each of others) expect(each.equals(first)).toBe(true);
  expect(spawnSync(tool, ['-t', '-q'], { input: first }).status).toBe(0);
});
