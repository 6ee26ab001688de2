import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'vitest';
import { type Project, told } from './project.ts';

/** Made by `npm run build` where there is a C compiler, on Linux. */
export const hasRedo = existsSync(resolve(import.meta.dirname, '../../../dist/redo'));

/** Whether something was built without node since node was there last. */
export function isRedone(made: Project): boolean {
  return existsSync(`${made.folder}/build/meson-private/kaon-noop/ahead`);
}

/** Builds, and then there is nothing to do. */
export function expectBuilt(made: Project): void {
  expect(made.kaon([]).status).toBe(0);
  expect(told(made.kaon([]))).toContain('up to date');
}

/** What a build says, once the stamps of what was edited have settled. */
export async function settledBuild(made: Project, words: readonly string[] = []): Promise<string> {
  await new Promise((go) => setTimeout(go, 60));
  return told(made.kaon(words));
}

/** What the program of a project says. */
export function output(made: Project): string {
  return told(made.kaon(['run']));
}
