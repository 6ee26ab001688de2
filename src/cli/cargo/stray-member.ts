import { selectedOption } from '../../base/cargo-options.ts';
import { loadWorkspace } from '../../cargo/units/packages/load-workspace.ts';
import { type Diagnostic, plainError } from '../../diag/diagnostic.ts';
import type { Files } from '../../host/host.ts';
import { loadCommandLine } from '../../store/setup/setup-state.ts';
import type { BuildDirectory } from '../setup/build-directory.ts';
import { isMesonProject, sourceRootOf } from './meson-project.ts';

/**
 * Why the package in whose folder a command is called cannot be built, in Cargo's words: the workspace
 * around it does not have it, or is not there.
 */
export function strayMember(
  files: Files,
  directory: BuildDirectory,
  given: ReadonlyMap<string, string>,
): Diagnostic | undefined {
  const { member } = directory;
  if (member === undefined || given.has('packages')) return undefined;
  const sourceRoot = sourceRootOf(files, directory);
  if (sourceRoot === undefined || isMesonProject(files, sourceRoot)) return undefined;
  const manifest = `${sourceRoot}/Cargo.toml`;
  if (!files.isFile(manifest))
    return plainError(
      `failed to read \`${manifest}\``,
      `\`workspace\` in the manifest of \`${member}\` names it, and there is none.`,
    );
  // What was selected before was found.
  const before = loadCommandLine(files, directory.buildRoot).options.get(selectedOption);
  const loaded = before === member ? undefined : loadWorkspace(files, sourceRoot);
  // What is wrong with manifests is told by the setup.
  if (loaded?.ok !== true) return undefined;
  const names = [...loaded.value.members.values()].map(({ manifest: { package: of } }) => of.name);
  if (names.includes(member)) return undefined;
  return plainError(
    `current package believes it's in a workspace when it's not:\n` +
      `current:   ${member}\nworkspace: ${manifest}`,
    'Add its folder to `members` or `exclude` of [workspace] there, or an empty [workspace] to its own manifest.',
  );
}
