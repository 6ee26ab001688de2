import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTree } from '../../../src/release/archive/tree.ts';
import { writeTar } from '../../../src/release/archive/write-tar.ts';
import { readTar } from '../../../src/wrap/archive/read-tar.ts';
import { MemoryHost } from '../../support/memory-host.ts';

async function tarOf(host: MemoryHost): Promise<Uint8Array> {
  const tree = readTree(host.files, '/tree', { modes: 'plain' });
  if (!tree.ok) throw new Error(tree.error);
  const request = { tree: tree.value, top: 'x-1', timeSeconds: 1_600_000_000, output: '/x.tar' };
  expect(await writeTar(host, request)).toEqual({ ok: true, value: undefined });
  const bytes = host.files.readBytes('/x.tar');
  return bytes.ok ? bytes.value : new Uint8Array();
}

async function entriesOf(host: MemoryHost) {
  const entries = await readTar(await tarOf(host));
  return entries.ok ? entries.value : [];
}

test('a tar archive has sorted names, plain modes, one time, and root as the owner', async () => {
  const host = new MemoryHost({ '/tree/b.sh': 'b', '/tree/a/z': 'z', '/tree/a.c': 'c' });
  host.files.setMode('/tree/b.sh', 0o700);
  host.files.setMode('/tree/a.c', 0o660);
  host.files.symlink('../a.c', '/tree/a/link');
  const shown = (await entriesOf(host)).map(
    ({ path, kind, target, mode, mtimeMs }) =>
      `${path} ${kind} ${target} ${mode.toString(8)} ${mtimeMs}`,
  );
  expect(shown).toEqual([
    'x-1/ directory  755 1600000000000',
    'x-1/a/ directory  755 1600000000000',
    'x-1/a/link symlink ../a.c 777 1600000000000',
    'x-1/a/z file  644 1600000000000',
    'x-1/a.c file  644 1600000000000',
    'x-1/b.sh file  755 1600000000000',
  ]);
});

test('what made the files, and when, does not show in an archive', async () => {
  const one = new MemoryHost({ '/tree/a': 'a', '/tree/b': 'b' });
  const other = new MemoryHost({ '/tree/b': 'b' });
  other.tick();
  other.write('/tree/a', 'a');
  other.files.setMode('/tree/a', 0o600);
  expect(await tarOf(one)).toEqual(await tarOf(other));
});

test('any names, however long and in whatever script, come back as they were', async () => {
  const name = fc
    .string({ minLength: 1, maxLength: 120, unit: 'grapheme' })
    .filter((text) => !/[/\0\\]/.test(text) && text !== '.' && text !== '..');
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
  await fc.assert(
    fc.asyncProperty(path, fc.uint8Array({ maxLength: 1500 }), path, async (file, bytes, link) => {
      const host = new MemoryHost();
      host.write(`/tree/${file}`, bytes);
      const isLinked = host.files.symlink(link, '/tree/ link').ok;
      const entries = await entriesOf(host);
      const found = entries.find((entry) => entry.path === `x-1/${file}`);
      expect(Buffer.from(found?.content ?? [])).toEqual(Buffer.from(bytes));
      if (isLinked) expect(entries.map(({ target }) => target)).toContain(link);
    }),
    { numRuns: 60 },
  );
});

test('a file that changes while it is archived is told of', async () => {
  const host = new MemoryHost({ '/tree/a': 'longer' });
  const tree = readTree(host.files, '/tree', { modes: 'plain' });
  host.write('/tree/a', 'x');
  if (!tree.ok) throw new Error(tree.error);
  const request = { tree: tree.value, top: 'x', timeSeconds: 0, output: '/x.tar' };
  expect(await writeTar(host, request)).toEqual({
    ok: false,
    error: '/tree/a changed while it was read',
  });
});
