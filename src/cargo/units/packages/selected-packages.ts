import { didYouMean } from '../../../base/close-match.ts';
import { err, ok, type Result } from '../../../base/result.ts';
import { type Diagnostic, plainError } from '../../../diag/diagnostic.ts';
import { namePattern } from '../../manifest/member-glob.ts';
import type { Package, PackageId, PackageSet } from './package-set.ts';
import { isPattern, packageSpec } from './package-spec.ts';

/**
 * Which packages of a workspace are wanted: `default` are those that it has by default. Else names, of
 * members or of what these need, as `name@version` too, patterns such as `tool-*`, and after a `!` those
 * that are left out. Where only such are named, all others are wanted.
 */
export type PackagesWanted = readonly string[] | 'default';

/**
 * The packages that `-p` and `--exclude` mean (`!SPEC` is one that is left out), as `cargo build` would
 * choose them; an error for a spec that fits none.
 */
export function selectedPackages(
  packages: PackageSet,
  wanted: PackagesWanted,
): Result<readonly Package[], Diagnostic> {
  const { members, workspace } = packages;
  if (wanted === 'default')
    return ok(
      ofIds(
        packages,
        workspace.defaultMembers.flatMap((at) => members.get(at) ?? []),
      ),
    );
  const without = wanted.filter((spec) => spec.startsWith('!')).map((spec) => spec.slice(1));
  const named = wanted.filter((spec) => !spec.startsWith('!'));
  const ids: PackageId[] = [];
  for (const spec of named.length === 0 ? ['*'] : named) {
    const found = matching(packages, spec);
    if (!found.ok) return found;
    if (found.value.length === 0 && spec !== '*') return err(notThere(packages, spec));
    ids.push(...found.value);
  }
  const excluded = new Set(without.flatMap((spec) => excludedBy(packages, spec)));
  const chosen = ids.filter((id) => !excluded.has(id));
  if (chosen.length === 0 && ids.length > 0) return err(plainError('no packages to compile'));
  return ok(ofIds(packages, chosen));
}

/** What Cargo says of packages that are left out and are none. */
export function excludedWarnings(
  packages: PackageSet,
  wanted: PackagesWanted,
): readonly Diagnostic[] {
  const missing = (wanted === 'default' ? [] : wanted)
    .filter((spec) => spec.startsWith('!'))
    .map((spec) => spec.slice(1))
    .filter((spec) => excludedBy(packages, spec).length === 0);
  const told = (what: string, some: readonly string[]): readonly Diagnostic[] =>
    some.length === 0
      ? []
      : [
          {
            ...plainError(
              `excluded ${what} \`${some.join(', ')}\` not found in workspace \`${packages.workspace.root}\``,
            ),
            severity: 'warning',
          },
        ];
  return [
    ...told(
      'package(s)',
      missing.filter((spec) => !isPattern(spec)),
    ),
    ...told('package pattern(s)', missing.filter(isPattern)),
  ];
}

function excludedBy(packages: PackageSet, spec: string): readonly PackageId[] {
  const found = matching(packages, spec);
  return found.ok ? found.value : [];
}

function ofIds(packages: PackageSet, ids: readonly PackageId[]): readonly Package[] {
  return [...new Set(ids)].flatMap((id) => packages.package(id) ?? []);
}

/** Members of a name; where none has it, what they need. Patterns mean members only. */
function matching(packages: PackageSet, spec: string): Result<readonly PackageId[], Diagnostic> {
  const members = [...packages.members.values()];
  if (isPattern(spec)) {
    const pattern = namePattern(spec);
    return ok(members.filter((id) => pattern.test(packages.name(id))));
  }
  const found = packagesOfSpec(packages, spec).filter((id) => isReached(packages, id));
  const own = found.filter((id) => members.includes(id));
  if (own.length > 0 || found.length < 2) return ok(own.length > 0 ? own : found);
  const all = found.map((id) => `${packages.name(id)}@${packages.version(id)}`).sort();
  return err(plainError(`there are several packages "${spec}": say ${all.join(' or ')}`));
}

/** Whether it is a crate of elsewhere, or lies in a folder that a member needs, or what that needs. */
function isReached(packages: PackageSet, id: PackageId): boolean {
  if (packages.isOwn(id) || packages.locked(id)?.source.kind !== 'path') return true;
  // The lock file does not tell where it lies: manifests that name its folder do, once they are read.
  return packagesInFolders(packages).has(id);
}

/** Members, and what these name by folders, and what that does. */
export function packagesInFolders(packages: PackageSet): ReadonlySet<PackageId> {
  const reached = new Set(packages.members.values());
  for (const one of reached)
    for (const { to } of packages.dependencies(one)) if (packages.isOwn(to)) reached.add(to);
  return reached;
}

/** All packages, members or not, that a name means, with a version or without. */
export function packagesOfSpec(packages: PackageSet, spec: string): readonly PackageId[] {
  const { name, version } = packageSpec(spec);
  return packages.named(name).filter((id) => isOfVersion(packages.version(id), version));
}

/** Cargo takes `1` and `1.2` for what begins so. */
function isOfVersion(version: string, wanted: string): boolean {
  return (
    version.startsWith(wanted) && (wanted === '' || /^([.+-]|$)/.test(version.slice(wanted.length)))
  );
}

function notThere(packages: PackageSet, spec: string): Diagnostic {
  const { root } = packages.workspace;
  const names = [...packages.members.values()].map((id) => packages.name(id)).sort();
  const some = names.slice(0, 20);
  const all = `Packages of ${root}: ${some.join(', ')}${names.length > some.length ? ', …' : ''}.`;
  if (isPattern(spec))
    return plainError(`package pattern(s) \`${spec}\` not found in workspace \`${root}\``, all);
  const near = didYouMean(packageSpec(spec).name, names).trim();
  return plainError(
    `package ID specification \`${spec}\` did not match any packages`,
    [...(near === '' ? [] : [near]), all].join(' '),
  );
}
