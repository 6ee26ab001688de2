import { askedFault, askedHereFault } from '../../cargo/units/faults/request-fault.ts';
import { loadWorkspace, workspaceRootOf } from '../../cargo/units/packages/load-workspace.ts';
import type { Diagnostic } from '../../diag/diagnostic.ts';
import type { Files } from '../../host/host.ts';
import { loadCommandLine } from '../../store/setup/setup-state.ts';
import type { BuildDirectory } from '../setup/build-directory.ts';
import { isMesonProject, sourceRootOf } from './meson-project.ts';
import { namedMembers } from './named-members.ts';

/**
 * Why a command asks packages for features that they have not, in Cargo's words. A build directory
 * keeps features, and is asked for this member and for that; who names both at once means both.
 */
export function askedFeatures(
  files: Files,
  directory: BuildDirectory,
  given: ReadonlyMap<string, string>,
): Diagnostic | undefined {
  const features =
    given
      .get('features')
      ?.split(',')
      .filter((name) => name !== '') ?? [];
  const sourceRoot = features.length === 0 ? undefined : sourceRootOf(files, directory);
  if (sourceRoot === undefined || isMesonProject(files, sourceRoot)) return undefined;
  const root = workspaceRootOf(files, sourceRoot);
  const loaded = root === undefined ? undefined : loadWorkspace(files, root);
  // What is wrong with manifests is told by the setup.
  if (loaded?.ok !== true) return undefined;
  const { members, defaultMembers } = loaded.value;
  const kept = loadCommandLine(files, directory.buildRoot).options.get('packages');
  const wanted = given.get('packages') ?? directory.member ?? kept ?? '';
  const all = [...members.values()].map(({ manifest }) => manifest);
  const selected =
    wanted === ''
      ? defaultMembers.flatMap((folder) => members.get(folder)?.manifest ?? [])
      : namedMembers(all, wanted.split(','));
  if (loaded.value.resolver === '1') {
    const here = [...members.values()].find(({ folder, manifest }) =>
      directory.member === undefined
        ? folder === loaded.value.root
        : manifest.package.name === directory.member,
    );
    if (here !== undefined)
      return askedHereFault(here.manifest, { selected, folder: here.folder }, features);
  }
  return askedFault(all, selected, features);
}
