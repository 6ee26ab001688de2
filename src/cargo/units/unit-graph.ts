import { err, ok, type Result } from '../../base/result.ts';
import { Rows } from '../../base/rows.ts';
import type { Diagnostic } from '../../diag/diagnostic.ts';
import type {
  CrateGraph,
  CratePackage,
  CratePackageId,
  CrateUnit,
  CrateUnitId,
  UnitMode,
  UnitSide,
  UnitTarget,
} from '../../model/crate-graph.ts';
import { type CfgSet, targetApplies } from '../cfg.ts';
import type { Table } from '../manifest/toml.ts';
import { cycleFault } from './faults/cycle-fault.ts';
import { missingFeature, requestFault } from './faults/request-fault.ts';
import { linkScriptRuns } from './link-script-runs.ts';
import {
  forSelected,
  forSelectedTool,
  type OpenDependency,
  type OpenUnit,
  type Purpose,
  runsInBuild,
  UnitPool,
} from './open-unit.ts';
import { type ChosenPackage, chosenMembers, featuresMean } from './packages/chosen-members.ts';
import { cratePackage } from './packages/crate-package.ts';
import type { Package, PackageId, PackageSet } from './packages/package-set.ts';
import { isAvailable, packageTargets } from './packages/package-targets.ts';
import { type PackagesWanted, selectedPackages } from './packages/selected-packages.ts';
import { profilesOf } from './profiles.ts';
import { shareUnits } from './share-units.ts';
import { dependenciesOf, type Gathering, unitOf } from './unit-dependencies.ts';
import { UnitFeatures, type WantedFeatures } from './unit-features.ts';
import { unitHash } from './unit-hash.ts';
import { ltoArguments } from './unit-lto.ts';

/** What is asked of a workspace. */
export interface UnitRequest {
  /**
   * As `cargo build`, `cargo test` and `cargo bench` take them; with a `-named` what words for targets may
   * ask of the first two beside that.
   */
  readonly purpose: 'build' | 'build-named' | 'test' | 'test-named' | 'bench';
  readonly packages: PackagesWanted;
  readonly features: WantedFeatures;
  /** Features hold for whichever packages are asked for: those that have none of their own do without. */
  readonly areFeaturesKept?: boolean;
  /** The member in whose folder a command is called; the root package where none is said. */
  readonly current?: string | undefined;
  /** `dev`, `release`, … as the user says; `test` and `bench` stand beside these. */
  readonly profile: string;
  /** Somebody named it: then tests and benchmarks have the same. */
  readonly isProfileNamed?: boolean;
  readonly isCross: boolean;
  /** Tells one compiler, its flags and the machine that it is told from another: part of the names of outputs. */
  readonly compiler: (side: UnitSide) => string;
  readonly platform: (side: UnitSide) => {
    readonly cfgs: CfgSet;
    readonly triple: string | undefined;
  };
  /** `[profile]` of the user's configuration. */
  readonly profiles?: readonly Table[];
  readonly replacesScript?: (links: string, side: UnitSide) => boolean;
  /** Whether a machine has libraries of a kind; all where it is not asked. */
  readonly supports?: (crateType: string, side: UnitSide) => boolean;
  /** Whether to compile incrementally, whatever profiles say. */
  readonly incremental?: boolean | undefined;
}

/** The units of a workspace that a request means, each after those it depends on. */
export function unitGraph(
  packages: PackageSet,
  { purpose, ...request }: UnitRequest,
): Result<CrateGraph, readonly Diagnostic[]> {
  return unitGraphs(packages, request)(purpose);
}

/** The same for one purpose after another: what they have in common is found once. */
export function unitGraphs(
  packages: PackageSet,
  request: Omit<UnitRequest, 'purpose'>,
): (purpose: UnitRequest['purpose']) => Result<CrateGraph, readonly Diagnostic[]> {
  const selected = requested(packages, request);
  if (!selected.ok) return () => selected;
  const chosen = chosenMembers(packages, request, selected.value);
  const features = new Map<boolean, UnitFeatures>();
  return (purpose) => {
    const tests = purpose !== 'build';
    const of = features.get(tests) ?? chosenFeatures(packages, { ...request, tests }, chosen);
    features.set(tests, of);
    return graphOf(gatheringOf(packages, { ...request, purpose }, of), selected.value, {
      ...request,
      purpose,
    });
  };
}

/** The selected packages, in Cargo's order. */
function requested(
  packages: PackageSet,
  request: Omit<UnitRequest, 'purpose'>,
): Result<readonly Package[], readonly Diagnostic[]> {
  const selected = selectedPackages(packages, request.packages);
  if (!selected.ok) return err([selected.error]);
  const members = [...packages.workspace.members.values()].map(({ manifest }) => manifest);
  const manifests = selected.value.map(({ manifest }) => manifest);
  const fault = requestFault(members, manifests, {
    features: request.features,
    hasMembers:
      selected.value.length === 0 ||
      selected.value.some(({ isMember }) => isMember) ||
      request.areFeaturesKept === true ||
      featuresMean(packages, request.current) !== undefined,
    profile: request.profile,
    layers: [packages.workspace.profiles, ...(request.profiles ?? [])],
  });
  return fault === undefined ? ok(inCargosOrder(selected.value)) : err([fault]);
}

function graphOf(
  gathering: Gathering,
  selected: readonly Package[],
  { purpose, isCross, compiler }: UnitRequest,
): Result<CrateGraph, readonly Diagnostic[]> {
  const { packages } = gathering;
  const lacking = missingFeature(packages, gathering.features.missing);
  if (lacking !== undefined) return err([lacking]);
  const roots = selected.flatMap((one) => rootUnits(gathering, one, purpose));
  const edges = gather(gathering, roots);
  linkScriptRuns(edges);
  if (packages.faults.length > 0) return err(packages.faults);
  const cycle = cycleFault(edges);
  if (cycle !== undefined) return err([cycle]);
  const shared = shareUnits({
    pool: gathering.pool,
    edges,
    roots: roots.map(({ unit }) => unit),
    isCross,
    selected: new Set(roots.map(({ unit }) => unit.package.id)),
  });
  const { root } = packages.workspace;
  const finished = numbered(shared, { compiler, root });
  return ok({ root, ...finished, roots: [...new Set(shared.roots)] });
}

/** By name. Where equal units differ in what a tool may go without, the first that is wanted decides. */
function inCargosOrder(selected: readonly Package[]): readonly Package[] {
  const name = ({ manifest }: Package): string => manifest.package.name;
  return [...selected].sort((one, other) =>
    name(one) < name(other) ? -1 : name(one) > name(other) ? 1 : 0,
  );
}

/** The features of what was chosen; what its tests need counts with those, and always with resolver 1. */
export function chosenFeatures(
  packages: PackageSet,
  request: Pick<UnitRequest, 'isCross' | 'platform'> & { readonly tests: boolean },
  chosen: readonly ChosenPackage[],
): UnitFeatures {
  const isNew = packages.workspace.resolver !== '1';
  const tested = new Set(!isNew || request.tests ? chosen.map(({ of }) => of.id) : []);
  const features = new UnitFeatures(packages, {
    sidesApart: isNew,
    withDevDependencies: (id) => tested.has(id),
    applies: appliesTo(request),
    countsElsewhere: !isNew,
    isProcMacro: (id) => isMacro(packages, id),
  });
  for (const { of, wanted } of chosen) features.select(of.id, wanted);
  return features;
}

/** Whether a key of `[target]` means the machine of a side. */
function appliesTo({ isCross, platform }: Pick<UnitRequest, 'isCross' | 'platform'>) {
  return (key: string, side: UnitSide): boolean => {
    const answer = targetApplies(key, platform(isCross ? side : 'host'));
    return answer.ok && answer.value;
  };
}

/** What units are gathered from. */
export function gatheringOf(
  packages: PackageSet,
  request: Omit<UnitRequest, 'packages' | 'features'>,
  features: UnitFeatures,
): Gathering {
  return {
    packages,
    features,
    profiles: profilesOf(
      profileName(request),
      [packages.workspace.profiles, ...(request.profiles ?? [])],
      { incremental: request.incremental },
    ),
    pool: new UnitPool(),
    applies: appliesTo(request),
    tripleOf: (side) => request.platform(request.isCross ? side : 'host').triple,
    replacesScript: request.replacesScript ?? (() => false),
    supports: request.supports ?? (() => true),
  };
}

/** `cargo test --release` has the profile `release`, without it `test`. */
function profileName({
  purpose,
  profile,
  isProfileNamed = false,
}: Pick<UnitRequest, 'purpose' | 'profile' | 'isProfileNamed'>): string {
  if (isProfileNamed) return profile;
  if ((purpose === 'test' || purpose === 'test-named') && profile === 'dev') return 'test';
  return purpose === 'bench' && (profile === 'dev' || profile === 'release') ? 'bench' : profile;
}

export interface Root {
  readonly unit: OpenUnit;
  readonly purpose: Purpose;
}

/** Selected packages whose tests need what is locked for members alone. */
export function untestable(packages: PackageSet, wanted: PackagesWanted): readonly string[] {
  const selected = selectedPackages(packages, wanted);
  return (selected.ok ? selected.value : [])
    .filter((of) => !isTestable(of))
    .map(({ manifest }) => manifest.package.name);
}

function rootUnits(
  gathering: Gathering,
  of: Package,
  purpose: UnitRequest['purpose'],
): readonly Root[] {
  if (purpose !== 'build' && !isTestable(of)) return [];
  const { packages } = gathering;
  const features = namedFeatures(gathering, of);
  const made = (target: UnitTarget, mode: UnitMode): Root => {
    const isTool = runsInBuild(target);
    const isPlain = purpose === 'build' || (purpose === 'build-named' && mode === 'build');
    const own = {
      ...forSelected,
      buildFeatures: target.crateTypes.includes('proc-macro'),
      alwaysUnwind: isTool || !isPlain,
    };
    const side = isTool ? 'build' : 'host';
    const unit = unitOf(gathering, of, { target, mode, side, askedSide: 'host', purpose: own });
    return { unit, purpose: isTool ? forSelectedTool : own };
  };
  const targets = packageTargets(of).filter(({ kind }) => kind !== 'build-script');
  const wanted = targets.filter(
    (target) => isAvailable(target, features) && isThere(packages, of, target),
  );
  // Who asks for documentation tests (`--doc`) means those of libraries that say `doctest = false`, too.
  const documented = targets.filter(
    (target) =>
      canDoctest(target) && ((purpose === 'test' && target.doctest) || purpose === 'test-named'),
  );
  return [
    ...wanted.flatMap((target) => rootModes(target, purpose).map((mode) => made(target, mode))),
    ...documented.map((target) => made(target, 'doctest')),
  ];
}

/** Packages may be published without the sources of tests that their manifests name. */
function isThere(packages: PackageSet, { source }: Package, { kind, path }: UnitTarget): boolean {
  const isOptional = source.kind === 'registry' && ['test', 'example', 'bench'].includes(kind);
  return !isOptional || packages.hasFile(path);
}

/** What only its tests need is locked for members alone. */
function isTestable({ isMember, manifest }: Package): boolean {
  const tables = [manifest, ...manifest.platforms];
  return isMember || tables.every(({ devDependencies }) => devDependencies.size === 0);
}

/** What targets may require: features of the package itself, and `dependency/feature`. */
function namedFeatures({ features, packages }: Gathering, { id }: Package): ReadonlySet<string> {
  const own = features.chosen(id, 'host')?.features ?? [];
  const others = packages.dependencies(id).flatMap(({ to, kind, declared }) => {
    const asTool = features.chosen(to, 'build');
    // Who was chosen for a side has been read: manifests that nobody needs are not looked at.
    const isTool = asTool !== undefined && (kind === 'build' || isMacro(packages, to));
    const chosen = isTool ? asTool : features.chosen(to, 'host');
    return [...(chosen?.features ?? [])].map((name) => `${declared.key}/${name}`);
  });
  return new Set([...own, ...others]);
}

function isMacro(packages: PackageSet, id: PackageId): boolean {
  return packages.package(id)?.manifest.library?.crateTypes.includes('proc-macro') === true;
}

function canDoctest({ crateTypes }: UnitTarget): boolean {
  return crateTypes.some((type) => ['lib', 'rlib', 'proc-macro'].includes(type));
}

/** What is made of a target: nothing, itself, a program that tests it, or both. */
function rootModes(target: UnitTarget, purpose: UnitRequest['purpose']): readonly UnitMode[] {
  const { kind, test, bench } = target;
  switch (purpose) {
    case 'build':
      return kind === 'lib' || kind === 'bin' ? ['build'] : [];
    case 'build-named': {
      const tested: readonly UnitMode[] =
        test || bench || kind === 'test' || kind === 'bench' ? ['test'] : [];
      return kind === 'example' ? ['build', ...tested] : tested;
    }
    case 'test':
      if (test) return ['test'];
      return kind === 'example' ? ['build'] : [];
    case 'test-named':
      return ['test'];
    case 'bench':
      return bench ? ['test'] : [];
  }
}

/** All units that follow from the roots. */
export function gather(
  gathering: Gathering,
  roots: readonly Root[],
): Map<OpenUnit, readonly OpenDependency[]> {
  const edges = new Map<OpenUnit, readonly OpenDependency[]>();
  const pending: Root[] = [...roots].reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (edges.has(next.unit)) continue;
    const found = dependenciesOf(gathering, next.unit, next.purpose);
    edges.set(next.unit, found);
    for (const { unit, purpose } of [...found].reverse()) pending.push({ unit, purpose });
  }
  return edges;
}

/** Gives packages their numbers and units the last of what they are. */
export function numbered(
  { units, roots }: ReturnType<typeof shareUnits>,
  about: { readonly compiler: UnitRequest['compiler']; readonly root: string },
): Pick<CrateGraph, 'packages' | 'units'> {
  const packages = new Rows<CratePackageId, CratePackage>();
  const numbers = new Map<PackageId, CratePackageId>();
  const rows = new Rows<CrateUnitId, CrateUnit>();
  const ltoOf = ltoArguments(units, roots);
  for (const [at, unit] of units.entries()) {
    const { id } = unit.package;
    const number = numbers.get(id) ?? packages.add(cratePackage(unit.package));
    numbers.set(id, number);
    const lto = ltoOf(at);
    const hash = unitHash(unit, { ...about, lto, hashOf: (one) => rows.get(one).hash });
    rows.add({ ...unit, package: number, lto, hash });
  }
  return { packages, units: rows };
}
