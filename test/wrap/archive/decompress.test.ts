import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { findInPath } from '../../../src/host/find-in-path.ts';
import { nodeHost } from '../../../src/host/node/node-host.ts';
import { decompressed, packingOf } from '../../../src/wrap/archive/decompress.ts';

const host = nodeHost();
const scratch = mkdtempSync(join(tmpdir(), 'kaon-decompress-'));
const text = 'the same text over and over\n'.repeat(50_000);
afterAll(() => rmSync(scratch, { recursive: true }));

async function unpack(bytes: Uint8Array): Promise<string> {
  const path = join(scratch, 'packed');
  writeFileSync(path, bytes);
  const plain = await decompressed(host, { path, bytes, scratch });
  expect(readdirSync(scratch)).toEqual(['packed']);
  return plain.ok ? Buffer.from(plain.value).toString() : plain.error.rule;
}

test('gzip is read, and what is not packed is left as it is', async () => {
  expect(await unpack(gzipSync(text))).toBe(text);
  expect(await unpack(Buffer.from(text))).toBe(text);
});

test.for([
  ['xz', 'xz'],
  ['bzip2', 'bzip2'],
  ['zstd', 'zstd'],
] as const)('%s is read, and a damaged file told', async ([tool, kind], { skip }) => {
  if (findInPath(host, tool) === undefined) skip();
  const packed = execFileSync(tool, ['-c'], { input: text });
  expect(packingOf(packed)).toBe(kind);
  expect(await unpack(packed)).toBe(text);
  expect(await unpack(packed.subarray(0, packed.length - 30))).toMatch(/^is not valid /);
});

test('a tool may write no more than the limit', async ({ skip }) => {
  if (findInPath(host, 'bzip2') === undefined) skip();
  const megabyte = execFileSync('bzip2', ['-c'], { input: Buffer.alloc(1 << 20) });
  const bomb = Buffer.concat(Array.from({ length: 1100 }, () => megabyte));
  expect(await unpack(bomb)).toMatch(/unpacks to more than \d+ bytes|is not valid bzip2/);
}, 120_000);
