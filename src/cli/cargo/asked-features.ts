import { askedFault, askedHereFault } from '../../cargo/units/faults/request-fault.ts';
import { type Diagnostic, plainError } from '../../diag/diagnostic.ts';
import type { Files } from '../../host/host.ts';
import { loadCommandLine } from '../../store/setup/setup-state.ts';
import type { BuildDirectory } from '../setup/build-directory.ts';
import { selectedMembers, workspaceHere } from './workspace-here.ts';

/**
 * Why a command asks packages for features that they have not, in Cargo's words. A build directory
 * keeps features, and is asked for this member and for that; who names both at once means both.
 */
export function askedFeatures(
  files: Files,
  directory: BuildDirectory,
  given: ReadonlyMap<string, string>,
): Diagnostic | undefined {
  const features = (given.get('features') ?? '').split(',').filter((name) => name !== '');
  const others = ['all_features', 'default_features'].some((name) => given.has(name));
  const here = features.length > 0 || others ? workspaceHere(files, directory) : undefined;
  if (here === undefined) return undefined;
  const kept = loadCommandLine(files, directory.buildRoot).options.get('packages');
  const wanted = given.get('packages') ?? directory.member ?? kept ?? '';
  const selected = selectedMembers(here, wanted);
  const { resolver, root, members } = here.workspace;
  const current = [...members.values()].find(({ folder, manifest }) =>
    directory.member === undefined ? folder === root : manifest.package.name === directory.member,
  );
  if (resolver === '1' && current !== undefined)
    return askedHereFault(current.manifest, { selected, folder: current.folder }, features);
  if (selected.length === 0 && given.has('packages'))
    return plainError('cannot specify features for packages outside of workspace');
  return askedFault(here.members, selected, features);
}
