import { resolve } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** The rooms whose files a program of `dist/` is made of. */
async function roomsOf(entry: string): Promise<ReadonlySet<string | undefined>> {
  const { metafile } = await build({
    absWorkingDir: resolve(import.meta.dirname, '../..'),
    entryPoints: [entry],
    outdir: 'dist',
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    metafile: true,
    write: false,
  });
  return new Set(Object.keys(metafile.inputs).map((path) => path.split('/')[1]));
}

test('a setup loads nothing of building, testing, releasing and editing', async () => {
  const rooms = await roomsOf('src/cli/setup.ts');
  expect(rooms).toContain('eval');
  for (const room of ['exec', 'testrun', 'release', 'lint', 'lsp', 'rewrite'])
    expect(rooms).not.toContain(room);
});

test('a build after a few changes loads nothing of setups', async () => {
  const rooms = await roomsOf('src/cli/quick.ts');
  expect(rooms).toContain('exec');
  for (const room of ['lang', 'eval', 'plan', 'toolchains', 'wrap', 'cargo', 'deps'])
    expect(rooms).not.toContain(room);
});
