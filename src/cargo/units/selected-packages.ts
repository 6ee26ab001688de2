import { didYouMean } from '../../base/close-match.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { type Diagnostic, plainError } from '../../diag/diagnostic.ts';
import { isGlob, namePattern } from '../member-glob.ts';
import type { Package, PackageId, PackageSet } from './package-set.ts';

/**
 * Which packages of a workspace are wanted: `default` are those that it has by default. Else names, as
 * `name@version` too, patterns such as `tool-*`, and after a `!` those that are left out. Where only such
 * are named, all others are wanted.
 */
export type PackagesWanted = readonly string[] | 'default';

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
    if (found.length === 0 && spec !== '*') return err(notThere(packages, spec));
    ids.push(...found);
  }
  const excluded = new Set(without.flatMap((spec) => matching(packages, spec)));
  return ok(
    ofIds(
      packages,
      ids.filter((id) => !excluded.has(id)),
    ),
  );
}

function ofIds(packages: PackageSet, ids: readonly PackageId[]): readonly Package[] {
  return [...new Set(ids)].flatMap((id) => packages.package(id) ?? []);
}

function matching(packages: PackageSet, spec: string): readonly PackageId[] {
  const members = [...packages.members.values()];
  if (isGlob(spec)) {
    const pattern = namePattern(spec);
    return members.filter((id) => pattern.test(packages.name(id)));
  }
  const [name, version] = spec.split(/[@:]/);
  return members.filter(
    (id) =>
      packages.name(id) === name && (version === undefined || packages.version(id) === version),
  );
}

function notThere(packages: PackageSet, spec: string): Diagnostic {
  const manifest = `${packages.workspace.root}/Cargo.toml`;
  if (isGlob(spec)) return plainError(`"${spec}" matches no package of ${manifest}`);
  const names = [...packages.members.values()].map((id) => packages.name(id));
  const near = didYouMean(spec.split(/[@:]/)[0] ?? '', names).trim();
  return plainError(`package "${spec}" is not a member of ${manifest}`, near || undefined);
}
