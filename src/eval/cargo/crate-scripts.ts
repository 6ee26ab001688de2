import { err, ok } from '../../base/result.ts';
import type { CrateId } from '../../cargo/cargo-world.ts';
import type { CargoConfig } from '../../cargo/config/cargo-config.ts';
import type { CargoLock, LockedPackage } from '../../cargo/lock/lock.ts';
import { GrowingGraph } from '../../cargo/units/growing-graph.ts';
import { readLoneManifest } from '../../cargo/units/packages/load-workspace.ts';
import { PackageSet } from '../../cargo/units/packages/package-set.ts';
import { scriptGraph } from '../../cargo/units/script-graph.ts';
import { plainError } from '../../diag/diagnostic.ts';
import type { CrateProduct, CrateUnitId } from '../../model/crate-graph.ts';
import { type CrateOfWrap, crateOfWrap } from '../../wrap/crate-of-wrap.ts';
import type { Wrap } from '../../wrap/wrap-file.ts';
import type { Call } from '../call.ts';
import type { RustCrateObject } from '../objects/rust.ts';
import { joinPath } from '../paths.ts';
import { perEvaluation } from '../per-evaluation.ts';
import { profileOf } from './crate-build.ts';
import { crateFolders } from './crate-folders.ts';
import { type CrateSettings, crateSettings, withScriptOutputs } from './crate-settings.ts';
import { failWith } from './fail-with.ts';
import { layOut } from './project-cargo.ts';

/** Where scripts of crates are compiled and run: crates that Meson's rules build have one place for all. */
const folder = 'meson-private/cargo';

interface Scripts {
  /** Its place among the model's builds. */
  readonly at: number;
  readonly graph: GrowingGraph;
  readonly settings: CrateSettings;
  /** Runs by crate and machine. */
  readonly runs: Map<string, CrateUnitId>;
}

const scripts = perEvaluation((): { made: Scripts | undefined } => ({ made: undefined }));

/**
 * The run of a crate's build script. A crate has none where it brings none, and where someone has
 * said its results already: by a folder `meson`, or for the crate system-deps.
 */
export function scriptOf(call: Call, self: RustCrateObject): CrateProduct | undefined {
  const { evaluation } = call;
  const { manifest, folder: at } = self.graph.crate(self.crate);
  if (manifest.buildScript === undefined || manifest.package.systemDependencies.length > 0)
    return undefined;
  if (evaluation.host.files.isDirectory(`${at}/meson`)) return undefined;
  const all = scriptsOf(call);
  const key = keyOf(call, self, self.crate);
  const unit = all.runs.get(key) ?? addRun(call, self, all);
  if (unit === undefined) return undefined;
  all.runs.set(key, unit);
  return { build: all.at, unit };
}

function keyOf({ evaluation }: Call, self: RustCrateObject, crate: CrateId): string {
  const { folder: at } = self.graph.crate(crate);
  return `${evaluation.cross ? self.machine : 'host'} ${at}`;
}

function scriptsOf(call: Call): Scripts {
  const { evaluation } = call;
  const state = scripts(evaluation);
  if (state.made !== undefined) return state.made;
  const graph = new GrowingGraph(evaluation.sourceRoot);
  const settings = crateSettings(call, { folder: evaluation.sourceRoot, choosesMachine: false });
  const { tools } = settings;
  const at = evaluation.tables.crates.push({ graph: graph.graph, folder, tools }) - 1;
  state.made = { at, graph, settings, runs: new Map() };
  return state.made;
}

function addRun(
  call: Call,
  self: RustCrateObject,
  { graph: all, runs, settings, at: build }: Scripts,
): CrateUnitId | undefined {
  const { evaluation } = call;
  const { graph, crate, machine } = self;
  const { manifest, folder: at } = graph.crate(crate);
  const chosen = graph.configuration(crate, machine);
  const packages = packagesOf(call, self, settings.config);
  const { profile, layers } = profileOf(call, '');
  const made = scriptGraph(packages, {
    package: packages.add(manifest.package, at),
    features: [...(chosen?.features ?? [])],
    side: evaluation.cross ? machine : 'host',
    profile,
    profiles: [settings.config.profiles, ...layers],
    ...settings.request,
  });
  for (const path of packages.watched())
    evaluation.tables.buildFiles.set(path, { tree: 'source', path });
  if (!made.ok) return failWith(call, made.error);
  const [run] = all.add(made.value);
  if (run === undefined) return undefined;
  const row = evaluation.tables.crates[build];
  if (row !== undefined)
    evaluation.tables.crates[build] = { ...row, tools: withScriptOutputs(settings, all.graph) };
  for (const needed of chosen?.dependencies.values() ?? []) {
    const other = runs.get(keyOf(call, self, needed));
    const { links } = graph.crate(needed).manifest.package;
    if (other !== undefined && links !== undefined) all.connect(run, other);
  }
  return run;
}

/** The packages of lock file and wraps; none is a member. */
function packagesOf(call: Call, { graph }: RustCrateObject, config: CargoConfig): PackageSet {
  const locked = graph.lock?.packages ?? [];
  const wrapped = cratesOfWraps(call, locked);
  const dependencies = [...locked, ...wrapped.keys()].map(
    ({ name, version }) => `${name} ${version}`,
  );
  const packages = [...locked, ...[...wrapped.keys()].map((one) => ({ ...one, dependencies }))];
  const lock: CargoLock = {
    source: graph.lock?.source ?? { path: 'wraps', text: '' },
    packages,
    unusedPatches: [],
  };
  const world = crateFolders(call, graph.lock, config);
  const named = new Map(
    [...wrapped].map(([{ name, version }, wrap]) => [`${name} ${version}`, wrap] as const),
  );
  return new PackageSet(
    {
      ...world,
      folderOf: (crate) => {
        const wrap = named.get(`${crate.name} ${crate.version}`);
        if (wrap === undefined) return world.folderOf(crate);
        const laid = layOut(call, wrap);
        return laid.ok ? ok(laid.value.folder) : err(plainError(laid.error.message));
      },
    },
    {
      root: call.evaluation.sourceRoot,
      members: new Map(),
      defaultMembers: [],
      resolver: '2',
      profiles: {},
      patch: undefined,
      rootToml: {},
      unheeded: [],
      watched: [],
    },
    lock,
  );
}

/** Crates that only wraps know, with the wrap of each. */
function cratesOfWraps(
  call: Call,
  locked: readonly LockedPackage[],
): ReadonlyMap<LockedPackage, string> {
  const known = new Set(locked.map(({ name, version }) => `${name} ${version}`));
  const found = new Map<LockedPackage, string>();
  for (const [subproject, { wrap }] of call.evaluation.wraps.packages) {
    const crate = wrap && (crateOfWrap(wrap) ?? crateOfFolder(call, wrap));
    if (crate === undefined || known.has(`${crate.name} ${crate.version}`)) continue;
    const { name, version, sha256, place } = crate;
    const source = { kind: 'registry', url: 'wraps' } as const;
    found.set({ name, version, source, checksum: sha256, dependencies: [], place }, subproject);
  }
  return found;
}

/** What lies there already: such a wrap may only say that Cargo's manifest is to be read. */
function crateOfFolder({ evaluation }: Call, wrap: Wrap): CrateOfWrap | undefined {
  const { files } = evaluation.host;
  const directory = wrap.kind === 'redirect' ? wrap.name : wrap.directory;
  const at = joinPath(evaluation.sourceRoot, evaluation.subprojectDir, directory);
  if (!wrap.name.endsWith('-rs') || !files.isFile(`${at}/Cargo.toml`)) return undefined;
  const manifest = readLoneManifest(files, at);
  if (!manifest.ok) return undefined;
  const { name, version } = manifest.value.package;
  return { name, version, sha256: undefined, place: wrap.header };
}
