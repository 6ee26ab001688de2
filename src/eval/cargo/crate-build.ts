import type { CargoConfig } from '../../cargo/config/cargo-config.ts';
import { pathsFault } from '../../cargo/config/path-overrides.ts';
import { manifestFaults } from '../../cargo/faults/manifest-faults.ts';
import { outsideFaults } from '../../cargo/faults/outside-faults.ts';
import type { CargoLock, LockedSource } from '../../cargo/lock/lock.ts';
import { isTable, type Table } from '../../cargo/manifest/toml.ts';
import { libraryWarnings } from '../../cargo/units/faults/library-warnings.ts';
import { linksFault } from '../../cargo/units/faults/links-fault.ts';
import { needsNewerRustc } from '../../cargo/units/faults/needs-newer-rustc.ts';
import { overrideFault } from '../../cargo/units/faults/override-fault.ts';
import { graphWarnings, workspaceWarnings } from '../../cargo/units/faults/workspace-warnings.ts';
import { joinGraphs } from '../../cargo/units/join-graphs.ts';
import { type LoadedWorkspace, loadWorkspace } from '../../cargo/units/packages/load-workspace.ts';
import { PackageSet } from '../../cargo/units/packages/package-set.ts';
import { excludedWarnings } from '../../cargo/units/packages/selected-packages.ts';
import { writtenManifests } from '../../cargo/units/packages/written-manifest.ts';
import { type UnitRequest, unitGraphs, untestable } from '../../cargo/units/unit-graph.ts';
import type { CrateBuild, CrateGraph, CrateUnitId } from '../../model/crate-graph.ts';
import type { Call } from '../call.ts';
import { addLanguages } from '../languages/add-languages.ts';
import { joinPath } from '../paths.ts';
import { addCratesOf } from './cargo-lock.ts';
import { currentPackage } from './config-place.ts';
import { crateFolders } from './crate-folders.ts';
import { declareLinks, type LinksWanted } from './crate-links.ts';
import {
  compilerVersion,
  crateSettings,
  tellBuildFolders,
  withScriptOutputs,
} from './crate-settings.ts';
import { bringUpToDate, currentLock } from './current-lock.ts';
import { failWith } from './fail-with.ts';
import { lockWithFeatures } from './features-beyond-lock.ts';
import { isPlainWorkspace } from './plain-workspace.ts';
import { warnOfCrates } from './warn-of-crates.ts';

/** What a build file asks of a Cargo workspace. */
export interface CratesWanted {
  /** Absolute. */
  readonly folder: string;
  /** Where outputs go, relative to the build directory. */
  readonly output: string;
  readonly packages: UnitRequest['packages'];
  readonly features: UnitRequest['features'];
  /** Empty: as `buildtype` says. */
  readonly profile: string;
  /** Empty: as Cargo's configuration says. */
  readonly target: string;
  /** Whether `Cargo.lock` must be there. */
  readonly locked: boolean;
  /** Whether to try what asks for a newer compiler. */
  readonly ignoresRustVersion: boolean;
  readonly links: LinksWanted;
}

export interface DeclaredCrates {
  /** Its place among the model's builds. */
  readonly at: number;
  readonly build: CrateBuild;
  readonly roots: ReadonlyMap<UnitRequest['purpose'], readonly CrateUnitId[]>;
  /** Selected packages that cannot be tested. */
  readonly untestable: readonly string[];
}

/** What is made for a purpose. */
export function rootsOf(
  { roots }: Pick<DeclaredCrates, 'roots'>,
  purpose: UnitRequest['purpose'],
): readonly CrateUnitId[] {
  return roots.get(purpose) ?? [];
}

/** The first one that needs a unit gives it its place. */
const purposes = ['build', 'build-named', 'test', 'test-named', 'bench'] as const;

/** Adds the units of a workspace to the model: what `cargo build`, `test` and `bench` would do. */
export function declareCrates(call: Call, wanted: CratesWanted): DeclaredCrates {
  const { evaluation } = call;
  addLanguages(call, ['rust'], { required: true, machine: 'host' });
  addLanguages(call, ['rust'], { required: true, machine: 'build' });
  const { folder, target } = wanted;
  const settings = crateSettings(call, { folder, choosesMachine: true, target });
  if (wanted.output === '') tellBuildFolders(call, settings);
  const { profile, layers } = profileOf(call, wanted.profile);
  const request: Omit<UnitRequest, 'purpose'> = {
    packages: wanted.packages,
    features: wanted.features,
    areFeaturesKept: isPlainWorkspace(evaluation, evaluation.sourceRoot),
    current: currentPackage(evaluation.input),
    profile,
    isProfileNamed: wanted.profile !== '',
    profiles: [settings.config.profiles, ...layers],
    ...settings.request,
  };
  const { packages, graphs } = graphsOf(call, wanted, { config: settings.config, request });
  const { graph, roots } = joinGraphs(graphs);
  const clash = linksFault(graph);
  const manifests = writtenManifests(evaluation.host.files, packages.workspace);
  const doubled = overrideFault(manifests, packages, settings.config.profiles);
  const refused = [clash, doubled].filter((fault) => fault !== undefined);
  if (refused.length > 0) failWith(call, refused);
  for (const warning of [
    ...workspaceWarnings(manifests, packages.workspace),
    ...graphWarnings(manifests, packages),
    ...libraryWarnings(packages, graph),
    ...excludedWarnings(packages, wanted.packages),
  ])
    evaluation.report(warning);
  if (!wanted.ignoresRustVersion) refuseNewer(call, graphs);
  for (const path of [...packages.workspace.watched, ...packages.watched()])
    evaluation.tables.buildFiles.set(path, { tree: 'source', path });
  const tools = withScriptOutputs(settings, graph);
  const [source] = [...graph.units.values()].map(({ target }) => target.path);
  const links = source === undefined ? undefined : declareLinks(call, wanted.links, source);
  const build: CrateBuild = {
    graph,
    folder: joinPath(wanted.output, 'target'),
    tools,
    ...(links !== undefined && { links }),
  };
  const at = evaluation.tables.crates.push(build) - 1;
  return {
    at,
    build,
    roots: new Map(purposes.map((purpose, which) => [purpose, roots[which] ?? []])),
    untestable: untestable(packages, wanted.packages),
  };
}

/** What a build, tests and benchmarks need. A lock that features have outgrown shows itself only here. */
function graphsOf(
  call: Call,
  wanted: CratesWanted,
  asked: { readonly config: CargoConfig; readonly request: Omit<UnitRequest, 'purpose'> },
): { readonly packages: PackageSet; readonly graphs: readonly CrateGraph[] } {
  const set = packagesOf(call, wanted, asked.config);
  const first = purposes.map(unitGraphs(set, asked.request));
  const { workspace } = set;
  if (set.lacks.length > 0 && bringUpToDate(call, { ...wanted, workspace }, 'warn'))
    return graphsOf(call, wanted, asked);
  const packages = set.lacks.length > 0 ? widened(call, { ...asked, ...wanted }, set) : set;
  const found = packages === set ? first : purposes.map(unitGraphs(packages, asked.request));
  const [lacked] = packages.lacks;
  if (lacked !== undefined)
    call.fail(`${lacked} is not in Cargo.lock, and a feature that was asked for needs it`, {
      hint: 'Ask for that feature in the dependencies of Cargo.toml: then it is locked.',
    });
  const graphs = found.map((graph) => (graph.ok ? graph.value : failWith(call, graph.error)));
  return { packages, graphs };
}

/** The packages with those that only features of this command need, if Cargo can tell them. */
function widened(
  call: Call,
  {
    folder,
    ...asked
  }: Pick<CratesWanted, 'folder'> & {
    readonly config: CargoConfig;
    readonly request: Omit<UnitRequest, 'purpose'>;
  },
  packages: PackageSet,
): PackageSet {
  const { lock, workspace } = packages;
  const more = lock && lockWithFeatures(call, { folder, lock }, asked);
  return more === undefined ? packages : packageSetOf(call, { ...asked, workspace }, more);
}

/** What only tests need may ask for a newer compiler where none of them is built. */
function refuseNewer(call: Call, [built, ...others]: readonly CrateGraph[]): void {
  const rustc = compilerVersion(call);
  const fault = built && needsNewerRustc(built, rustc);
  if (fault !== undefined) failWith(call, [fault]);
  const [first] = others.flatMap((graph) => needsNewerRustc(graph, rustc) ?? []);
  if (first !== undefined)
    warnOfCrates(call, `${first.message}\nTests and benchmarks may not compile.`);
}

function packagesOf(
  call: Call,
  { folder, locked }: Pick<CratesWanted, 'folder' | 'locked'>,
  config: CargoConfig,
): PackageSet {
  const { files } = call.evaluation.host;
  const workspace = loadWorkspace(files, folder);
  if (!workspace.ok) return failWith(call, workspace.error);
  const unfit = pathsFault(files, config.paths);
  if (unfit !== undefined) return failWith(call, [unfit]);
  const manifests = writtenManifests(files, workspace.value);
  const patched = { ...workspace.value, patch: joinPatches(workspace.value.patch, config.patch) };
  const faults = manifestFaults(files, manifests, {
    workspace: patched,
    configured: config.profiles,
    knowsRegistry: config.knowsRegistry,
  });
  if (faults.length > 0) return failWith(call, faults);
  // Cargo would tell of these, too, but not at their line.
  const unlocked = packageSetOf(call, { config, workspace: patched }, undefined);
  const judging = { knowsRegistry: config.knowsRegistry, judged: new Set<string>() };
  const early = outsideFaults(files, unlocked, judging);
  if (early.length > 0) return failWith(call, early);
  const isHere = (source: LockedSource): boolean => config.directoryOf(source) !== undefined;
  const lock = currentLock(call, { folder, locked, isHere }, patched);
  const set = packageSetOf(call, { config, workspace: patched }, lock);
  const outside = outsideFaults(files, set, judging);
  return outside.length > 0 ? failWith(call, outside) : set;
}

function packageSetOf(
  call: Call,
  { config, workspace }: { readonly config: CargoConfig; readonly workspace: LoadedWorkspace },
  lock: CargoLock | undefined,
): PackageSet {
  if (lock !== undefined)
    addCratesOf(call, lock, (source) => config.directoryOf(source) !== undefined);
  return new PackageSet(crateFolders(call, lock, config), workspace, lock);
}

/** The configuration's patches come before the manifest's. */
function joinPatches(manifest: unknown, config: Table): Table {
  const own = isTable(manifest) ? manifest : {};
  const sources = new Set([...Object.keys(own), ...Object.keys(config)]);
  const table = (value: unknown): Table => (isTable(value) ? value : {});
  return Object.fromEntries(
    [...sources].map((source) => [source, { ...table(own[source]), ...table(config[source]) }]),
  );
}

/** The profile of a name, or the one that is like the build type. */
export function profileOf(
  call: Call,
  said: string,
): Pick<UnitRequest, 'profile' | 'profiles'> & {
  readonly layers: NonNullable<UnitRequest['profiles']>;
} {
  if (said !== '') return { profile: said === 'debug' ? 'dev' : said, layers: [] };
  const type = call.evaluation.options.get({
    name: 'buildtype',
    subproject: undefined,
    machine: 'host',
  });
  switch (type) {
    case 'release':
      return { profile: 'release', layers: [] };
    case 'debugoptimized':
      return { profile: 'release', layers: [{ release: { debug: 2 } }] };
    case 'minsize':
      return { profile: 'release', layers: [{ release: { 'opt-level': 's' } }] };
    default:
      return { profile: 'dev', layers: [] };
  }
}
