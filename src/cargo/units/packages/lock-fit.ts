import { sha256Of } from '../../../base/sha256.ts';
import { featureItem } from '../../features/features.ts';
import type { CargoLock } from '../../lock/lock.ts';
import type { CrateDependency } from '../../manifest/manifest.ts';
import { accepts, parseRequirement } from '../../requirement.ts';
import type { LoadedWorkspace } from './load-workspace.ts';
import type { Package, PackageDependency, PackageId, PackageSet } from './package-set.ts';
import { patchedNames } from './patched-folders.ts';

/** `lacks`: a package that something asks for is not in the lock. `has-more`: something in it nobody asks for. */
export type LockFit = 'fits' | 'has-more' | 'lacks';

/**
 * Whether a lock file fits the manifests of a workspace: its members, and what these need by path. What
 * features of other crates ask for is not looked at: that would take their manifests, of all platforms.
 * The set must be a fresh one.
 */
export function lockFit(packages: PackageSet, lock: CargoLock): LockFit {
  const reached = new Set(packages.members.values());
  const patched = patchedNames(packages.workspace);
  let hasMore = hasOrphans(packages, lock);
  // Grows while it is walked.
  for (const id of reached) {
    const found = packages.package(id);
    const locked = packages.locked(id)?.dependencies;
    if (found === undefined || locked === undefined) return 'lacks';
    const wanted = packages.dependencies(id).filter(({ to }) => to !== id);
    const by = { isMember: found.isMember, locked };
    if (wanted.some((one) => !isListed(packages, by, one))) return 'lacks';
    if (wanted.some((one) => !isMeant(packages, { by: found, patched }, one))) return 'lacks';
    if (packages.unlocked(id).some(({ kind, declared }) => kind !== 'dev' && !declared.optional))
      return 'lacks';
    hasMore ||= locked.some(
      (text) => !packages.isNamed(id, text) && !wanted.some(({ to }) => packages.isNamed(to, text)),
    );
    for (const { to, declared } of wanted)
      if (declared.path !== undefined && packages.isOwn(to)) reached.add(to);
  }
  if (packages.faults.length > 0) return 'lacks';
  return hasMore ? 'has-more' : 'fits';
}

/** What a package outside the workspace only may want is listed where a feature asks for it. */
function isListed(
  packages: PackageSet,
  { isMember, locked }: Pick<Package, 'isMember'> & { readonly locked: readonly string[] },
  { to, declared }: { readonly to: PackageId; readonly declared: CrateDependency },
): boolean {
  return (declared.optional && !isMember) || locked.some((text) => packages.isNamed(to, text));
}

/**
 * Whether a package is what the line of a dependency says: of a registry, if no patch says otherwise; of a
 * repository its branch, tag or revision, of a folder its name, its version, and features of it.
 */
function isMeant(
  packages: PackageSet,
  about: { readonly by: Package; readonly patched: ReadonlySet<string> },
  { to, declared }: PackageDependency,
): boolean {
  const { manifest, isMember } = about.by;
  const source = packages.locked(to)?.source;
  const isOfRegistry = declared.path === undefined && declared.git === undefined;
  if (isOfRegistry && (source?.kind === 'path' || source?.kind === 'git'))
    return about.patched.has(declared.crate);
  // Another address may be that of a patch.
  if (source?.kind === 'git' && source.url === declared.git?.url)
    return source.reference === declared.git.reference;
  if (declared.path === undefined || !packages.isOwn(to)) return true;
  const features = packages.package(to)?.manifest.features;
  const { crate, version, key } = declared;
  const requirement = version === '' ? undefined : parseRequirement(version);
  const asked = [...(isMember ? manifest.features.values() : [])].flat().flatMap((text) => {
    const item = featureItem(text);
    return item.kind === 'dependency-feature' && item.key === key ? [item.feature] : [];
  });
  return (
    packages.name(to) === crate &&
    (requirement?.ok !== true || accepts(requirement.value, packages.version(to))) &&
    [...declared.features, ...asked].every((name) => features?.has(name) !== false)
  );
}

/** Whether a package is in the lock that no other needs: that of a member that was taken out, for one. */
function hasOrphans(packages: PackageSet, lock: CargoLock): boolean {
  const needed = new Set(
    lock.packages.flatMap(({ dependencies }) => dependencies.map((text) => text.split(' ', 1)[0])),
  );
  for (const id of packages.members.values()) needed.add(packages.name(id));
  return lock.packages.some(({ name }) => !needed.has(name));
}

/** Stands for all in a workspace's manifests that decides what is locked. */
export function lockingDigest({ members, patch, resolver }: LoadedWorkspace): string {
  const of = (table: ReadonlyMap<string, unknown>) => [...table];
  const packages = [...members].map(([folder, { manifest }]): unknown => [
    folder,
    ...[manifest.package.name, manifest.package.version, manifest.package.rustVersion],
    of(manifest.features),
    ...[{ key: '', ...manifest }, ...manifest.platforms].map((tables) => [
      tables.key,
      of(tables.dependencies),
      of(tables.devDependencies),
      of(tables.buildDependencies),
    ]),
  ]);
  return sha256Of(JSON.stringify([packages, patch ?? null, resolver]));
}
