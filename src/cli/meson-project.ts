import type { Files } from '../host/host.ts';

/** Whether a project says by a build file how it is built; else Cargo's ways count, and its variables at each build. */
export function isMesonProject(files: Files, sourceRoot: string): boolean {
  return files.exists(`${sourceRoot}/meson.build`);
}
