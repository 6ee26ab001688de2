import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where the tools work, one after the other, so that they say the same of it, and how they are called. */
export interface Place {
  readonly folder: string;
  readonly meson: readonly string[];
  readonly kaon: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** Whether projects are built, tested and installed, too. */
  readonly build: boolean;
}

/** Lays the files of a project, and nothing else, in a folder. */
export function layOut(folder: string, files: ReadonlyMap<string, string>): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of files) writeAt(join(folder, path), text);
}

export function writeAt(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

export function showFiles(files: ReadonlyMap<string, string>): string {
  return [...files].map(([path, text]) => `---- ${path}\n${text}`).join('\n');
}
