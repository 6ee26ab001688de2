import { resolve } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** The files that a program of `dist/` is made of. */
async function filesOf(entry: string): Promise<readonly string[]> {
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
  return Object.keys(metafile.inputs);
}

function roomsOf(files: readonly string[]): ReadonlySet<string | undefined> {
  return new Set(files.map((path) => path.split('/')[1]));
}

test('a setup loads nothing of building, testing, releasing and editing', async () => {
  const rooms = roomsOf(await filesOf('src/cli/setup.ts'));
  expect(rooms).toContain('eval');
  for (const room of ['exec', 'testrun', 'release', 'lint', 'lsp', 'rewrite'])
    expect(rooms).not.toContain(room);
});

test('a build after a few changes loads nothing of setups', async () => {
  const files = await filesOf('src/cli/quick.ts');
  // What runs build scripts of crates is a part of building them.
  const rooms = roomsOf(files.filter((path) => !path.startsWith('src/cargo/script/')));
  expect(rooms).toContain('exec');
  for (const room of ['lang', 'eval', 'plan', 'toolchains', 'wrap', 'cargo', 'deps'])
    expect(rooms).not.toContain(room);
});
