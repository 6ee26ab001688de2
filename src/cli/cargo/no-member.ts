import { didYouMean } from '../../base/close-match.ts';
import { type Diagnostic, plainError } from '../../diag/diagnostic.ts';
import type { Files } from '../../host/host.ts';
import type { BuildDirectory } from '../setup/build-directory.ts';
import { namedMembers, specsIn, workspaceHere } from './workspace-here.ts';

/** Why no program of the packages that a command names can be run, in Cargo's words: only members' are. */
export function noMember(
  files: Files,
  directory: BuildDirectory,
  given: ReadonlyMap<string, string>,
): Diagnostic | undefined {
  const specs = specsIn(given.get('packages') ?? '');
  const here = specs.length === 0 ? undefined : workspaceHere(files, directory);
  if (here === undefined) return undefined;
  const { workspace, members } = here;
  const missing = specs.filter(
    (spec) => !spec.startsWith('!') && spec !== '*' && namedMembers(members, [spec]).length === 0,
  );
  return missing.length === 0
    ? undefined
    : plainError(
        `package(s) \`${missing.join(', ')}\` not found in workspace \`${workspace.root}\``,
        didYouMean(
          missing[0] ?? '',
          members.map((one) => one.package.name),
        ).trim() || 'Programs of its members can be run.',
      );
}
