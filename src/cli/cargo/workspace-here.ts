import { selectedOption } from '../../base/cargo-options.ts';
import type { Manifest } from '../../cargo/manifest/manifest.ts';
import { namePattern } from '../../cargo/manifest/member-glob.ts';
import {
  type LoadedWorkspace,
  loadWorkspace,
  workspaceRootOf,
} from '../../cargo/units/packages/load-workspace.ts';
import { isPattern, packageSpec } from '../../cargo/units/packages/package-spec.ts';
import { listOfText } from '../../eval/options/list-value.ts';
import type { Files } from '../../host/host.ts';
import { loadCommandLine } from '../../store/setup/setup-state.ts';
import type { BuildDirectory } from '../setup/build-directory.ts';
import { isMesonProject, sourceRootOf } from './meson-project.ts';

/** What a command for a Cargo workspace without build file works on. */
export interface WorkspaceHere {
  readonly workspace: LoadedWorkspace;
  readonly members: readonly Manifest[];
}

/** The workspace of a build directory, be it set up or not. */
export function workspaceHere(files: Files, directory: BuildDirectory): WorkspaceHere | undefined {
  const sourceRoot = sourceRootOf(files, directory);
  return sourceRoot === undefined ? undefined : workspaceAt(files, sourceRoot);
}

function workspaceAt(files: Files, sourceRoot: string): WorkspaceHere | undefined {
  const root = isMesonProject(files, sourceRoot) ? undefined : workspaceRootOf(files, sourceRoot);
  const loaded = root === undefined ? undefined : loadWorkspace(files, root);
  // What is wrong with manifests is told by the setup.
  if (loaded?.ok !== true) return undefined;
  const members = [...loaded.value.members.values()].map(({ manifest }) => manifest);
  return { workspace: loaded.value, members };
}

/** Members that the option of packages means: by default those that the workspace says. */
export function selectedMembers(
  { workspace, members }: WorkspaceHere,
  wanted: string,
): readonly Manifest[] {
  if (wanted !== '') return namedMembers(members, specsIn(wanted));
  return workspace.defaultMembers.flatMap(
    (folder) => workspace.members.get(folder)?.manifest ?? [],
  );
}

/** Members that the last setup of a build directory was for; none where a build file says what is built. */
export function membersSetUp(
  files: Files,
  { sourceRoot, buildRoot }: { readonly sourceRoot: string; readonly buildRoot: string },
): readonly Manifest[] {
  const here = workspaceAt(files, sourceRoot);
  const { options } = loadCommandLine(files, buildRoot);
  const wanted = options.get(selectedOption) || options.get('packages') || '';
  return here === undefined ? [] : selectedMembers(here, wanted);
}

/** What the option of packages holds; what is no list is told by the setup. */
export function specsIn(wanted: string): readonly string[] {
  const list = listOfText(wanted);
  return (list.ok ? list.value : wanted.split(',')).filter((spec) => spec !== '');
}

/** Members that are named, or not left out; a name of another package is none of ours. */
export function namedMembers(
  members: readonly Manifest[],
  specs: readonly string[],
): readonly Manifest[] {
  const is = (one: Manifest, spec: string): boolean =>
    isPattern(spec)
      ? namePattern(spec).test(one.package.name)
      : packageSpec(spec).name === one.package.name;
  const without = specs.filter((spec) => spec.startsWith('!')).map((spec) => spec.slice(1));
  return members.filter(
    (one) =>
      specs.some((spec) => spec === '*' || is(one, spec)) && !without.some((spec) => is(one, spec)),
  );
}
