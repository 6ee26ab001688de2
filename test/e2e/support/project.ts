import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { kaon, type Run, type RunOptions } from './kaon.ts';

/** A folder with files in it, for one test. */
export interface Project {
  readonly folder: string;
  write(path: string, content: string | Uint8Array): void;
  read(path: string): string;
  kaon(args: readonly string[], options?: RunOptions): Run;
}

/** Lays files out in a folder of their own, which goes when the test ends. */
export function project(files: Readonly<Record<string, string | Uint8Array>>): Project {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kaon-e2e-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const write = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  for (const [path, content] of Object.entries(files)) write(path, content);
  return {
    folder,
    write,
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    kaon: (args, options = {}) => kaon(args, { cwd: folder, ...options }),
  };
}

/** What a run told, without what it tells in any case. */
export function told({ stdout, stderr }: Run): string {
  return stdout + stderr;
}
