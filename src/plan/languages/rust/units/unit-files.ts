import { join } from 'node:path/posix';
import { compareVersions } from '../../../../base/version.ts';
import { crateFileName } from '../../../../model/crate-file-names.ts';
import type {
  CrateBuild,
  CratePackage,
  CrateUnit,
  CrateUnitId,
} from '../../../../model/crate-graph.ts';
import { testFolder } from './program-places.ts';
import { dependenciesFolder, machineFolder, profileFolder } from './unit-folders.ts';

/** What a unit makes and where, relative to the build directory. */
export interface UnitFiles {
  /** The folder that rustc writes into. */
  readonly folder: string;
  /** The file to run or link: a program, a shared library, an archive. */
  readonly main: string;
  /** What other crates are compiled against that need no code of it. */
  readonly interface: string;
  /** What other crates are linked with: a Rust library that is a shared one, too, is both. */
  readonly linked: readonly string[];
  readonly all: readonly string[];
  readonly depfile: string;
}

/** A script's own folder, where it is compiled or where its results go. */
function scriptFolder(build: CrateBuild, unit: CrateUnit): string {
  const { name } = build.graph.packages.get(unit.package);
  return join(profileFolder(build, unit), 'build', `${name}-${unit.hash}`);
}

/** The name that Rust code knows a crate by. */
export function crateNameOf({ target }: CrateUnit): string {
  return target.name.replaceAll('-', '_');
}

/** Whether other crates can name it: a library for C alone they cannot. */
export function isNameable({ target, mode }: CrateUnit): boolean {
  return (
    mode === 'build' &&
    target.kind === 'lib' &&
    target.crateTypes.some((type) => rustLibraries.has(type))
  );
}

/** Whether other crates can be compiled against it before its code is there. */
export function isRlib({ target, mode }: CrateUnit): boolean {
  return mode === 'build' && target.crateTypes.every((type) => type === 'lib' || type === 'rlib');
}

const known = new WeakMap<CrateUnit, UnitFiles>();

/** What a unit makes, relative to the build directory; computed once for each. */
export function unitFiles(build: CrateBuild, unit: CrateUnit): UnitFiles {
  const before = known.get(unit);
  if (before !== undefined) return before;
  const files = namedFiles(build, unit);
  known.set(unit, files);
  return files;
}

function namedFiles(build: CrateBuild, unit: CrateUnit): UnitFiles {
  const folder = outFolder(build, unit);
  const stem = `${crateNameOf(unit)}${extraFileName(build, unit)}`;
  const depfile = join(folder, `${stem}.d`);
  const named = typesOf(unit).map((type) => ({
    type,
    names: fileNames(build, unit, { type, stem }),
  }));
  const paths = named.flatMap(({ names }) => names.map((name) => join(folder, name)));
  const [main = ''] = paths;
  const rlib = paths.find((path) => path.endsWith('.rlib')) ?? main;
  const interfaceFile = paths.find((path) => path.endsWith('.rmeta')) ?? rlib;
  const code = named
    .filter(({ type }) => rustLibraries.has(type))
    .flatMap(({ names }) => names.filter((name) => !name.endsWith('.rmeta')))
    .map((name) => join(folder, name));
  const linked = code.length === 0 ? [main] : [...new Set(code)];
  return { folder, main, interface: interfaceFile, linked, all: paths, depfile };
}

const rustLibraries: ReadonlySet<string> = new Set(['lib', 'rlib', 'dylib', 'proc-macro']);

/** The files of a crate that one which depends on it is compiled with. */
export function externFiles(
  build: CrateBuild,
  unit: CrateUnit,
  dependency: CrateUnit,
): readonly string[] {
  const { interface: interfaceFile, linked } = unitFiles(build, dependency);
  return isRlib(unit) && isRlib(dependency) ? [interfaceFile] : linked;
}

/**
 * What stands behind a crate's name in the names of its files. Programs remember the names of shared
 * libraries, so those of the user's own packages are known by that name alone. Should there be several
 * of the name, with other features perhaps, the first one has it.
 */
export function extraFileName(build: CrateBuild, unit: CrateUnit): string {
  const isFirst = (): boolean => {
    for (const one of build.graph.units.values())
      if (
        isOwnShared(build, one) &&
        crateNameOf(one) === crateNameOf(unit) &&
        dependenciesFolder(build, one) === dependenciesFolder(build, unit)
      )
        return one.hash === unit.hash;
    return false;
  };
  return isOwnShared(build, unit) && isFirst() ? '' : `-${unit.hash}`;
}

function isOwnShared({ graph }: CrateBuild, { package: of, target, mode }: CrateUnit): boolean {
  return (
    mode === 'build' &&
    target.kind === 'lib' &&
    target.crateTypes.some((type) => type === 'dylib' || type === 'cdylib') &&
    graph.packages.get(of).source.kind === 'path'
  );
}

function outFolder(build: CrateBuild, unit: CrateUnit): string {
  if (unit.target.kind === 'build-script') return scriptFolder(build, unit);
  const folder = unit.mode === 'test' ? testFolder(build, unit) : profileFolder(build, unit);
  return join(folder, unit.target.kind === 'example' ? 'examples' : 'deps');
}

function typesOf(unit: CrateUnit): readonly string[] {
  return unit.mode === 'test' ? ['bin'] : unit.target.crateTypes;
}

function fileNames(
  { tools }: CrateBuild,
  unit: CrateUnit,
  { type, stem }: { readonly type: string; readonly stem: string },
): readonly string[] {
  const name = crateFileName(type, stem, tools.sides[unit.side].triple);
  return name.endsWith('.rlib') && isRlib(unit) ? [name, `lib${stem}.rmeta`] : [name];
}

/** A folder for what integration tests and benchmarks write; it is there before any of them runs. */
export function temporaryFolder(build: CrateBuild, unit: CrateUnit): string {
  return join(machineFolder(build, unit), 'tmp');
}

/** Stands in that folder, so that something makes it. */
export function temporaryMark(build: CrateBuild, unit: CrateUnit): string {
  return join(temporaryFolder(build, unit), '.kaon');
}

/** Whether it is told of a folder for temporary files (`CARGO_TARGET_TMPDIR`): not unit tests. */
export function hasTemporaryFolder({ target }: CrateUnit): boolean {
  return target.kind === 'test' || target.kind === 'bench';
}

/** Files of a script's run. */
export interface ScriptFiles {
  readonly folder: string;
  /** `OUT_DIR`. */
  readonly out: string;
  /** Where other crates have to look for libraries: rustc's arguments, one a line. */
  readonly search: string;
  /** The same for folders that the build has not made. */
  readonly elsewhere: string;
  /** Variables for rustc and tests, as a shell reads them. */
  readonly environment: string;
  /** What shared libraries for C are to be linked with, dependents' too. */
  readonly cdylib: string;
  /** What scripts of dependents are told. */
  readonly metadata: string;
  /** Names the content of what linkers read for it: who links the crate reads this. */
  readonly libraries: string;
  /** What a C linker has to be told where the crate is linked into a program of its own. */
  readonly native: string;
  /** Where programs find libraries that were built for it, as a shell reads it. */
  readonly paths: string;
  readonly depfile: string;
}

/**
 * The files that a run of a build script leaves in the build directory: its OUT_DIR, and what it told for
 * each kind of dependent.
 */
export function scriptFiles(build: CrateBuild, run: CrateUnit): ScriptFiles {
  const folder = scriptFolder(build, run);
  return {
    folder,
    out: join(folder, 'out'),
    search: join(folder, 'search.args'),
    elsewhere: join(folder, 'elsewhere.args'),
    environment: join(folder, 'environment'),
    cdylib: join(folder, 'dependents-cdylib.args'),
    metadata: join(folder, 'metadata'),
    libraries: join(folder, 'libraries'),
    native: join(folder, 'native.args'),
    paths: join(folder, 'paths'),
    depfile: join(folder, 'script.d'),
  };
}

/** rustc's arguments that a script has for one target of its package. */
export function consumerFile(build: CrateBuild, run: CrateUnit, consumer: string): string {
  return join(scriptFolder(build, run), `${consumer.replace(/[^\w.-]/g, '-')}.args`);
}

/**
 * The runs of build scripts that a unit links: its own, and those of all crates that are linked into it,
 * in the order in which Cargo comes to them; linkers look through folders in that order.
 */
export function linkedRuns(build: CrateBuild, unit: CrateUnit): readonly CrateUnitId[] {
  const { units } = build.graph;
  const found = new Set<CrateUnitId>();
  const seen = new Set<CrateUnit>();
  const pending = [unit];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.mode === 'run-script' || seen.has(next)) continue;
    seen.add(next);
    const crates: CrateUnit[] = [];
    for (const { unit: id } of next.dependencies) {
      const dependency = units.get(id);
      if (dependency.mode !== 'run-script') {
        if (isLinkedInto(dependency)) crates.push(dependency);
      } else if (dependency.package === next.package) found.add(id);
    }
    pending.push(...inOrder(build, crates).reverse());
  }
  return [...found];
}

/**
 * Files that tell where a program finds the libraries that build scripts of what it is linked with have made.
 * Of published crates only those that stand for a native library make any.
 */
export function libraryFiles(build: CrateBuild, unit: CrateUnit): readonly string[] {
  const { packages, units } = build.graph;
  return linkedRuns(build, unit)
    .map((id) => units.get(id))
    .filter((run) => {
      const { links, source } = packages.get(run.package);
      return links !== undefined || source.kind !== 'registry';
    })
    .map((run) => scriptFiles(build, run).paths);
}

/** By their packages' names and versions. */
function inOrder({ graph }: CrateBuild, units: readonly CrateUnit[]): CrateUnit[] {
  const named = units.map((unit) => ({ unit, of: graph.packages.get(unit.package) }));
  return named.sort((one, other) => comparePackages(one.of, other.of)).map(({ unit }) => unit);
}

type Versioned = Pick<CratePackage, 'name' | 'version'>;

/** Cargo's order of packages. */
export function comparePackages(one: Versioned, other: Versioned): number {
  if (one.name !== other.name) return one.name < other.name ? -1 : 1;
  return compareVersions(one.version, other.version);
}

function isLinkedInto({ target }: CrateUnit): boolean {
  return target.kind === 'lib' && !target.crateTypes.includes('proc-macro');
}

/** All crates that are linked into a unit, those of crates it depends on too. */
export function linkedCrates({ graph }: CrateBuild, unit: CrateUnit): readonly CrateUnitId[] {
  const found = new Set<CrateUnitId>();
  const pending = [unit];
  for (let next = pending.pop(); next !== undefined; next = pending.pop())
    for (const { unit: id } of next.dependencies) {
      const dependency = graph.units.get(id);
      if (found.has(id) || dependency.mode !== 'build' || dependency.target.kind !== 'lib')
        continue;
      found.add(id);
      if (isLinkedInto(dependency)) pending.push(dependency);
    }
  return [...found];
}

/** The run of the unit's own build script. */
export function ownRun({ graph }: CrateBuild, unit: CrateUnit): CrateUnit | undefined {
  return unit.dependencies
    .map(({ unit: id }) => graph.units.get(id))
    .find((one) => one.mode === 'run-script' && one.package === unit.package);
}
