import type { UnitMode, UnitSide, UnitTarget } from '../../model/crate-graph.ts';
import {
  forDependency,
  forScript,
  forSelected,
  type OpenDependency,
  type OpenUnit,
  type Purpose,
  runsInBuild,
  type UnitPool,
} from './open-unit.ts';
import type { Package, PackageDependency, PackageSet } from './packages/package-set.ts';
import { isAvailable, isLinkable, packageTargets } from './packages/package-targets.ts';
import { type Profiles, scriptRunProfile } from './profiles.ts';
import type { UnitFeatures } from './unit-features.ts';

/** What units are gathered from. */
export interface Gathering {
  readonly packages: PackageSet;
  readonly features: UnitFeatures;
  readonly profiles: Profiles;
  readonly pool: UnitPool;
  readonly applies: (platform: string, side: UnitSide) => boolean;
  readonly tripleOf: (side: UnitSide) => string | undefined;
  /** Whether the configuration stands in for the build script of such a native library. */
  readonly replacesScript: (links: string, side: UnitSide) => boolean;
  /** Whether a machine has libraries of a kind: there are none to load where there is no loader. */
  readonly supports: (crateType: string, side: UnitSide) => boolean;
}

interface Wanted {
  readonly target: UnitTarget;
  readonly mode: UnitMode;
  readonly side: UnitSide;
  /** What Cargo takes its debug information for, where that is another: a macro that somebody selected is asked for as all else. */
  readonly askedSide?: UnitSide;
  readonly purpose: Purpose;
}

/** A unit of a package, with the profile and features that its purpose gives it. */
export function unitOf(gathering: Gathering, of: Package, wanted: Wanted): OpenUnit {
  return gathering.pool.unit(draftOf(gathering, of, wanted));
}

function draftOf(gathering: Gathering, of: Package, wanted: Wanted): OpenUnit {
  const { purpose, mode, side } = wanted;
  const { manifest, source, isMember } = of;
  const profile = gathering.profiles({
    name: manifest.package.name,
    version: manifest.package.version,
    isMember,
    isLocal: source.kind === 'path',
    forBuild: purpose.forBuild,
    alwaysUnwind: purpose.alwaysUnwind,
    triple: gathering.tripleOf(wanted.askedSide ?? side),
  });
  const features = featuresFor(gathering, of, purpose);
  const crateTypes = wanted.target.crateTypes.filter((type) => gathering.supports(type, side));
  // Of a library that cannot be made at all, rustc says so.
  const target = { ...wanted.target, ...(crateTypes.length > 0 && { crateTypes }) };
  return { package: of, target, mode, side, profile, features };
}

function featuresFor({ features }: Gathering, { id }: Package, purpose: Purpose) {
  const chosen = features.chosen(id, purpose.buildFeatures ? 'build' : 'host');
  return [...(chosen?.features ?? [])].sort();
}

/** What has to be there before a unit. */
export function dependenciesOf(
  gathering: Gathering,
  unit: OpenUnit,
  purpose: Purpose,
): readonly OpenDependency[] {
  if (unit.mode === 'run-script') return compiledScript(gathering, unit, purpose);
  const found = libraries(gathering, unit, purpose);
  if (unit.target.kind === 'build-script') return found;
  found.push(...scriptRun(gathering, unit, purpose));
  if (unit.target.kind === 'lib' && unit.mode !== 'doctest') return found;
  const own = packageTargets(unit.package).find(isLinkable);
  if (own !== undefined) {
    const of = forDependency(purpose, unit.target, own);
    found.push(dependencyOn(gathering, unit, { package: unit.package, target: own, purpose: of }));
  }
  if (unit.mode === 'test' && (unit.target.kind === 'test' || unit.target.kind === 'bench'))
    found.push(...programs(gathering, unit));
  return found;
}

interface Needed {
  readonly package: Package;
  readonly target: UnitTarget;
  readonly purpose: Purpose;
  readonly externName?: string;
  readonly isDev?: boolean;
}

function dependencyOn(gathering: Gathering, parent: OpenUnit, needed: Needed): OpenDependency {
  const { package: of, target, purpose, isDev = false } = needed;
  const side = runsInBuild(target) ? 'build' : parent.side;
  return {
    unit: unitOf(gathering, of, { target, mode: 'build', side, purpose }),
    purpose,
    externName: needed.externName ?? target.name.replaceAll('-', '_'),
    isDev,
  };
}

/** The libraries of the packages that its manifest names. */
function libraries(gathering: Gathering, unit: OpenUnit, purpose: Purpose): OpenDependency[] {
  const { packages } = gathering;
  const counting = packages
    .dependencies(unit.package.id)
    .filter(countingFor(gathering, unit, purpose));
  return [...new Set(counting.map(({ to }) => to))].flatMap((to) => {
    const lines = counting.filter((one) => one.to === to);
    const found = packages.package(to);
    const target = found && packageTargets(found).find(({ kind }) => kind === 'lib');
    if (found === undefined || target === undefined) return [];
    const renamed = lines.find(({ declared }) => declared.crate !== declared.key)?.declared.key;
    return dependencyOn(gathering, unit, {
      package: found,
      target,
      purpose: forDependency(purpose, unit.target, target),
      ...(renamed !== undefined && { externName: renamed.replaceAll('-', '_') }),
      isDev: lines.every(({ kind }) => kind === 'dev'),
    });
  });
}

/** Which dependencies of its package a unit has. */
function countingFor(
  { features, applies }: Gathering,
  { target, mode, side, package: { id } }: OpenUnit,
  purpose: Purpose,
): (dependency: PackageDependency) => boolean {
  const isTest = target.kind === 'test' || target.kind === 'example';
  return ({ kind, platform, declared }) => {
    if ((target.kind === 'build-script') !== (kind === 'build')) return false;
    if (kind === 'dev' && !isTest && mode !== 'test' && mode !== 'doctest') return false;
    if (platform !== undefined && !applies(platform, side)) return false;
    if (!declared.optional) return true;
    const chosen = features.chosen(id, purpose.buildFeatures ? 'build' : 'host');
    return chosen?.dependencies.has(declared.key) === true;
  };
}

/** The run of a package's own build script, for a unit of it. */
export function scriptRun(
  gathering: Gathering,
  unit: OpenUnit,
  purpose: Purpose,
): OpenDependency[] {
  const target = scriptOf(unit.package);
  if (target === undefined) return [];
  // Not in the pool as it is: a unit that nobody wants would be taken for one that is shared.
  const draft = draftOf(gathering, unit.package, {
    target,
    mode: 'run-script',
    side: unit.side,
    purpose: forScript(purpose),
  });
  const run = gathering.pool.unit({ ...draft, profile: scriptRunProfile(unit.profile) });
  return [
    {
      unit: run,
      purpose: forScript(purpose),
      externName: target.name.replaceAll('-', '_'),
      isDev: false,
    },
  ];
}

function scriptOf(of: Package): UnitTarget | undefined {
  return packageTargets(of).find(({ kind }) => kind === 'build-script');
}

function compiledScript(gathering: Gathering, run: OpenUnit, purpose: Purpose): OpenDependency[] {
  const { links } = run.package.manifest.package;
  const target = scriptOf(run.package);
  if (target === undefined) return [];
  if (links !== undefined && gathering.replacesScript(links, run.side)) return [];
  return [
    dependencyOn(gathering, run, { package: run.package, target, purpose: forScript(purpose) }),
  ];
}

/** Integration tests may run the programs of their package. */
function programs(gathering: Gathering, unit: OpenUnit): OpenDependency[] {
  const features = new Set(unit.features);
  return packageTargets(unit.package)
    .filter((target) => target.kind === 'bin' && isAvailable(target, features))
    .map((target) =>
      dependencyOn(gathering, unit, { package: unit.package, target, purpose: forSelected }),
    );
}
