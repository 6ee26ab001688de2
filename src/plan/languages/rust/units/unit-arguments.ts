import { pathBelow } from '../../../../base/path-below.ts';
import type {
  CrateBuild,
  CratePackage,
  CrateUnit,
  UnitProfile,
} from '../../../../model/crate-graph.ts';
import { consumerOf } from '../../../../model/script-consumer.ts';
import { absolutePath, type Paths } from '../../../paths.ts';
import {
  comparePackages,
  consumerFile,
  crateNameOf,
  externFiles,
  extraFileName,
  isNameable,
  isRlib,
  linkedRuns,
  ownRun,
  scriptFiles,
  unitFiles,
} from './unit-files.ts';
import { dependenciesFolder, profileFolder } from './unit-folders.ts';

/** Where a unit's tool runs, and its source as seen from there: diagnostics and `file!()` show it. */
export function sourcePlace(
  { graph }: CrateBuild,
  unit: CrateUnit,
): { readonly cwd: string; readonly source: string } {
  const { source, folder } = graph.packages.get(unit.package);
  const path = unit.target.spelled ?? unit.target.path;
  const below = source.kind === 'path' ? pathBelow(graph.root, path) : undefined;
  return below === undefined ? { cwd: folder, source: path } : { cwd: graph.root, source: below };
}

/** Where rustdoc runs the examples of a package, and how it names the source there. */
export function doctestPlace(
  build: CrateBuild,
  unit: CrateUnit,
): ReturnType<typeof sourcePlace> & { readonly args: readonly string[] } {
  const { folder } = build.graph.packages.get(unit.package);
  if (build.tools.takes.testRunDirectory)
    return { ...sourcePlace(build, unit), args: ['--test-run-directory', folder] };
  return { cwd: folder, source: unit.target.path, args: [] };
}

/** rustc's arguments for a unit, in Cargo's order. */
export function unitArguments(paths: Paths, build: CrateBuild, unit: CrateUnit): readonly string[] {
  const { target, mode, side, profile } = unit;
  const isTest = mode === 'test';
  const files = unitFiles(build, unit);
  const { triple, isNamed, linker } = build.tools.sides[side];
  const at = (path: string) => absolutePath(paths, path);
  const isMacro = target.crateTypes.includes('proc-macro');
  const extra = extraFileName(build, unit);
  const emit = isRlib(unit) ? 'dep-info,metadata,link' : 'dep-info,link';
  return [
    ...['--crate-name', crateNameOf(unit), `--edition=${target.edition}`],
    sourcePlace(build, unit).source,
    '--color=always',
    ...(isTest ? [] : target.crateTypes.flatMap((type) => ['--crate-type', type])),
    `--emit=${emit}`,
    ...(isMacro || prefersDynamic(unit) ? ['-C', 'prefer-dynamic'] : []),
    ...profileArguments(unit),
    ...lintsOf(build, unit),
    ...checkArguments(profile),
    ...(isTest ? (target.harness ? ['--test'] : ['--cfg', 'test']) : []),
    ...cfgArguments(build, unit),
    ...['-C', `metadata=${unit.hash}`],
    ...(extra === '' ? [] : ['-C', `extra-filename=${extra}`]),
    ...(profile.rpath ? ['-C', 'rpath'] : []),
    ...['--out-dir', at(files.folder)],
    ...(isNamed ? ['--target', triple] : []),
    ...(linker === undefined ? [] : ['-C', `linker=${linker}`]),
    ...(profile.incremental
      ? ['-C', `incremental=${at(profileFolder(build, unit))}/incremental`]
      : []),
    ...(profile.strip === 'none' ? [] : ['-C', `strip=${profile.strip}`]),
    ...linkArguments(paths, build, unit),
    ...capLints(build, unit),
    ...build.tools.sides[side].rustflags,
    ...scriptArguments(paths, build, unit),
  ];
}

/** The crates that a unit names, for rustc and rustdoc alike. */
export function linkArguments(paths: Paths, build: CrateBuild, unit: CrateUnit): readonly string[] {
  const at = (path: string) => absolutePath(paths, path);
  const { graph, tools } = build;
  const folders = [dependenciesFolder(build, unit)];
  if (tools.sides[unit.side].isNamed)
    folders.push(dependenciesFolder(build, { ...unit, side: 'build' }));
  const externs = unit.dependencies.flatMap(({ unit: id, externName }) => {
    const dependency = graph.units.get(id);
    if (!isNameable(dependency)) return [];
    const files = externFiles(build, unit, dependency);
    const of = graph.packages.get(dependency.package);
    return [{ of, words: files.map((path) => `${externName}=${at(path)}`) }];
  });
  const isMacro = unit.target.crateTypes.includes('proc-macro');
  return [
    ...folders.flatMap((folder) => ['-L', `dependency=${at(folder)}`]),
    ...externs
      .sort(byPackage)
      .flatMap(({ words }) => words)
      .flatMap((word) => ['--extern', word]),
    ...(isMacro ? ['--extern', 'proc_macro'] : []),
  ];
}

interface Extern {
  readonly of: CratePackage;
  readonly words: readonly string[];
}

/** Cargo's order: it goes by packages, whatever name the source knows them by. */
function byPackage(one: Extern, other: Extern): number {
  return (
    comparePackages(one.of, other.of) || ((one.words[0] ?? '') < (other.words[0] ?? '') ? -1 : 1)
  );
}

/** Files in which build scripts have written arguments; rustc reads them. */
export function scriptArguments(
  paths: Paths,
  build: CrateBuild,
  unit: CrateUnit,
): readonly string[] {
  const own = ownRun(build, unit);
  const runs = linkedRuns(build, unit).map((id) => build.graph.units.get(id));
  const files = runs.map((run) => scriptFiles(build, run));
  const search = [...files.map((one) => one.search), ...files.map((one) => one.elsewhere)];
  const mine = own === undefined ? [] : [consumerFile(build, own, consumerOf(unit))];
  const others = runs.filter(
    (run) => consumerOf(unit) === 'cdylib' && run.package !== unit.package,
  );
  const cdylib = others.map((run) => scriptFiles(build, run).cdylib);
  return [...search, ...mine, ...cdylib].map((file) => `@${absolutePath(paths, file)}`);
}

/** `--cfg feature="…"` and what may be asked. */
export function cfgArguments({ graph, tools }: CrateBuild, unit: CrateUnit): readonly string[] {
  const { declaredFeatures } = graph.packages.get(unit.package);
  const values = declaredFeatures.map((name) => JSON.stringify(name)).join(', ');
  return [
    ...unit.features.flatMap((name) => ['--cfg', `feature="${name}"`]),
    ...(tools.takes.checkCfg
      ? ['--check-cfg', 'cfg(docsrs,test)', '--check-cfg', `cfg(feature, values(${values}))`]
      : []),
  ];
}

/**
 * Of the user's own packages rustc warns by itself. Nor may it be asked there in one build and not in the
 * next, as when `redo` compiles: to rustc these are compilations of their own, each begun from nothing.
 */
export function tellsBreakage({ tools, graph }: CrateBuild, unit: CrateUnit): boolean {
  return tools.takes.futureIncompat && graph.packages.get(unit.package).source.kind !== 'path';
}

/** Only the user's own sources are held to their lints. */
function capLints({ graph }: CrateBuild, unit: CrateUnit): readonly string[] {
  return graph.packages.get(unit.package).source.kind === 'path' ? [] : ['--cap-lints', 'allow'];
}

function lintsOf({ graph, tools }: CrateBuild, unit: CrateUnit): readonly string[] {
  const { lints, checkCfg } = graph.packages.get(unit.package);
  if (!tools.takes.checkCfg) return lints;
  return [...lints, ...checkCfg.flatMap((cfg) => ['--check-cfg', cfg])];
}

/** Who links a shared crate that nobody asked for by itself shares the standard library with it. */
function prefersDynamic({ target, isSelected }: CrateUnit): boolean {
  return target.crateTypes.includes('dylib') && !isSelected;
}

function profileArguments(unit: CrateUnit): readonly string[] {
  const { optLevel, panic, codegenUnits, debuginfo, splitDebuginfo } = unit.profile;
  return [
    ...(optLevel === '0' ? [] : ['-C', `opt-level=${optLevel}`]),
    ...(panic === 'unwind' ? [] : ['-C', `panic=${panic}`]),
    ...unit.lto,
    ...(codegenUnits === undefined ? [] : ['-C', `codegen-units=${codegenUnits}`]),
    ...(debuginfo === '0' ? [] : ['-C', `debuginfo=${debuginfo}`]),
    ...(debuginfo === '0' || splitDebuginfo === undefined
      ? []
      : ['-C', `split-debuginfo=${splitDebuginfo}`]),
  ];
}

/** Only where they are not what the level of optimisation means anyway. */
function checkArguments({
  optLevel,
  debugAssertions,
  overflowChecks,
}: UnitProfile): readonly string[] {
  const say = (what: string, on: boolean) => ['-C', `${what}=${on ? 'on' : 'off'}`];
  return [
    ...(debugAssertions === (optLevel === '0') ? [] : say('debug-assertions', debugAssertions)),
    ...(overflowChecks === debugAssertions ? [] : say('overflow-checks', overflowChecks)),
  ];
}
