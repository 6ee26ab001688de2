import { didYouMean } from '../../base/close-match.ts';
import type { Manifest } from '../../cargo/manifest/manifest.ts';
import { namePattern } from '../../cargo/manifest/member-glob.ts';
import { loadWorkspace } from '../../cargo/units/packages/load-workspace.ts';
import { isPattern, packageSpec } from '../../cargo/units/packages/package-spec.ts';
import { type Diagnostic, plainError } from '../../diag/diagnostic.ts';
import type { Files } from '../../host/host.ts';
import type { BuildDirectory } from '../setup/build-directory.ts';
import { isMesonProject, sourceRootOf } from './meson-project.ts';

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

/** Why no program of the packages that a command names can be run, in Cargo's words: only members' are. */
export function noMember(
  files: Files,
  directory: BuildDirectory,
  given: ReadonlyMap<string, string>,
): Diagnostic | undefined {
  const specs = (given.get('packages') ?? '').split(',').filter((spec) => spec !== '');
  const sourceRoot = specs.length === 0 ? undefined : sourceRootOf(files, directory);
  if (sourceRoot === undefined || isMesonProject(files, sourceRoot)) return undefined;
  const loaded = loadWorkspace(files, sourceRoot);
  // What is wrong with manifests is told by the setup.
  if (!loaded.ok) return undefined;
  const members = [...loaded.value.members.values()].map(({ manifest }) => manifest);
  const missing = specs.filter(
    (spec) => !spec.startsWith('!') && spec !== '*' && namedMembers(members, [spec]).length === 0,
  );
  return missing.length === 0
    ? undefined
    : plainError(
        `package(s) \`${missing.join(', ')}\` not found in workspace \`${sourceRoot}\``,
        didYouMean(
          missing[0] ?? '',
          members.map((one) => one.package.name),
        ).trim() || 'Programs of its members can be run.',
      );
}
