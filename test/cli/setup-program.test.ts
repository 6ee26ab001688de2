import { resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { expect, test } from 'vitest';

/** The files that a program of `dist/` is made of. */
async function filesOf(entry: string): Promise<readonly string[]> {
  return Object.keys(await inputsOf(entry));
}

/** Those that are loaded before anything of it is called. */
async function loadedWith(entry: string): Promise<readonly string[]> {
  const inputs = await inputsOf(entry);
  const loaded = new Set([entry]);
  for (const path of loaded)
    for (const { path: other, kind } of inputs[path]?.imports ?? [])
      if (kind === 'import-statement') loaded.add(other);
  return [...loaded];
}

async function inputsOf(entry: string): Promise<Metafile['inputs']> {
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
  return metafile.inputs;
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

test('building, testing and installing load nothing that evaluates build files', async () => {
  for (const name of ['build', 'compile', 'test', 'install', 'ninja']) {
    const files = await loadedWith(`src/cli/commands/${name}.ts`);
    expect(files.filter((path) => path.startsWith('src/eval/functions/'))).toEqual([]);
  }
});
