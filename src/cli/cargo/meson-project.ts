import type { Files } from '../../host/host.ts';
import { loadSetup } from '../../store/setup/setup-state.ts';
import type { BuildDirectory } from '../setup/build-directory.ts';

/** Whether a project says by a build file how it is built; else Cargo's ways count, and its variables at each build. */
export function isMesonProject(files: Files, sourceRoot: string): boolean {
  return files.exists(`${sourceRoot}/meson.build`);
}

/** Where the source of a build directory lies; nothing where that is not known. */
export function sourceRootOf(files: Files, directory: BuildDirectory): string | undefined {
  if (directory.kind === 'to-set-up') return directory.sourceRoot;
  const state = loadSetup(files, directory.buildRoot);
  return state.ok ? state.value.sourceRoot : state.error.sourceRoot;
}
