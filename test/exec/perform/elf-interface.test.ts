import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { elfInterface } from '../../../src/exec/perform/elf-interface.ts';

const hasCompiler = spawnSync('cc', ['--version']).status === 0 && process.platform === 'linux';

function library(source: string, ...options: readonly string[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'kaon-elf-'));
  try {
    writeFileSync(join(folder, 'a.c'), source);
    const output = join(folder, 'a.so');
    const { status, stderr } = spawnSync('cc', [
      '-shared',
      '-fPIC',
      ...options,
      '-o',
      output,
      join(folder, 'a.c'),
    ]);
    if (status !== 0) throw new Error(String(stderr));
    return elfInterface(readFileSync(output)) ?? [];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.skipIf(!hasCompiler)('code may change, what is exported may not', () => {
  const before = library('int f(void) { return 1; }', '-Wl,-soname,liba.so.1');
  expect(before[0]).toBe('SONAME liba.so.1');
  expect(before).toContain('f defined type 2 binding 1');
  const same = library(
    'static int h(void) { return 7; } int f(void) { return h() + 2; }',
    '-Wl,-soname,liba.so.1',
  );
  expect(same).toEqual(before);
  expect(library('int f(void) { return 1; }', '-Wl,-soname,liba.so.2')).not.toEqual(before);
  expect(
    library('int f(void); int f(void) { return 1; } int g;', '-Wl,-soname,liba.so.1'),
  ).not.toEqual(before);
});

test.skipIf(!hasCompiler)('the size of data counts, as programs copy it', () => {
  expect(library('int table[4] = {1};')).not.toEqual(library('int table[8] = {1};'));
});

test('what is no library has no interface, whole or cut', () => {
  expect(elfInterface(new TextEncoder().encode('!<arch>\n'.repeat(20)))).toBeUndefined();
  const lie = new Uint8Array(80).fill(0xff);
  lie.set([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
  expect(elfInterface(lie)).toBeUndefined();
});
