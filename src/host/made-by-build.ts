import type { Files } from './host.ts';

/** What lies in folders that builds make, and that can be made again: Cargo's mark, which we leave too, and Meson's. */
export const buildMarks: readonly string[] = ['CACHEDIR.TAG', 'meson-private'];

/** Whether a build made a folder. */
export function isMadeByBuild(files: Pick<Files, 'exists'>, folder: string): boolean {
  return buildMarks.some((name) => files.exists(`${folder}/${name}`));
}
