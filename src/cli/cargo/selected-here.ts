import { currentOption, selectedOption } from '../../base/cargo-options.ts';
import type { Files } from '../../host/host.ts';
import { loadCommandLine } from '../../store/setup/setup-state.ts';
import type { BuildDirectory } from '../setup/build-directory.ts';
import { isMesonProject, sourceRootOf } from './meson-project.ts';

/**
 * Options to set, with that which holds a Cargo workspace to the packages that a command names, or to the
 * member in whose folder it was called, as Cargo does; the next that names none takes it back. A build
 * file's own option of packages stays as it was set.
 */
export function withSelected(
  files: Files,
  directory: BuildDirectory,
  given: ReadonlyMap<string, string>,
): ReadonlyMap<string, string | undefined> {
  const named = given.get('packages');
  const sourceRoot = named === undefined ? undefined : sourceRootOf(files, directory);
  if (sourceRoot !== undefined && isMesonProject(files, sourceRoot)) return given;
  const wanted = named ?? directory.member ?? '';
  const before = loadCommandLine(files, directory.buildRoot).options;
  const others = [...given].filter(([name]) => name !== 'packages');
  // With the first resolver that decides about features, whichever package is named.
  const now = [
    [selectedOption, wanted],
    [currentOption, directory.member ?? ''],
  ] as const;
  return new Map([
    ...others,
    ...now
      .filter(([name, said]) => said !== (before.get(name) ?? ''))
      .map(([name, said]) => [name, said === '' ? undefined : said] as const),
  ]);
}
