import type { EnvironmentChange } from '../../../../base/environment.ts';
import type { CrateBuild, CrateUnit } from '../../../../model/crate-graph.ts';
import { absolutePath, type Paths } from '../../../paths.ts';
import { isExampleProgram, testedPrograms, unbuiltProgram } from './program-places.ts';
import {
  crateNameOf,
  hasTemporaryFolder,
  ownRun,
  scriptFiles,
  temporaryFolder,
} from './unit-files.ts';
import { dependenciesFolder, profileFolder } from './unit-folders.ts';

/** Variables for rustc. */
export function compileEnvironment(
  paths: Paths,
  build: CrateBuild,
  unit: CrateUnit,
): readonly EnvironmentChange[] {
  const { target } = unit;
  const isNamed = target.kind === 'bin' || isExampleProgram(unit);
  const isTest = hasTemporaryFolder(unit);
  return [
    ...compilerEnvironment(paths, build, unit),
    set('CARGO_CRATE_NAME', crateNameOf(unit)),
    ...(isNamed ? [set('CARGO_BIN_NAME', target.name)] : []),
    // rustdoc is not told, whatever it tests.
    ...(unit.isSelected && unit.mode !== 'doctest' ? [set('CARGO_PRIMARY_PACKAGE', '1')] : []),
    ...(isTest
      ? [
          ...programVariables(paths, build, unit),
          set('CARGO_TARGET_TMPDIR', absolutePath(paths, temporaryFolder(build, unit))),
        ]
      : []),
    ...outDirectory(paths, build, unit),
  ];
}

/** Variables for tests while they run. */
export function runEnvironment(
  paths: Paths,
  build: CrateBuild,
  unit: CrateUnit,
): readonly EnvironmentChange[] {
  return [
    ...programEnvironment(paths, build, unit),
    ...programVariables(paths, build, unit),
    ...outDirectory(paths, build, unit),
  ];
}

/** What programs are told that a package has made: its build script, which runs here, and its tests. */
export function programEnvironment(
  paths: Paths,
  build: CrateBuild,
  unit: CrateUnit,
): readonly EnvironmentChange[] {
  const side = unit.mode === 'run-script' ? 'build' : unit.side;
  const { sysroot, triple } = build.tools.sides[side];
  return packageEnvironment(build, unit, [
    absolutePath(paths, profileFolder(build, { ...unit, side })),
    absolutePath(paths, dependenciesFolder(build, { ...unit, side })),
    // Tests of procedural macros are linked to the standard library as macros are.
    ...(sysroot === '' ? [] : [`${sysroot}/lib/rustlib/${triple}/lib`]),
    ...ownLibraries(build),
  ]);
}

/** What rustc and rustdoc are told of a package they work on: libraries that they load themselves are the build's. */
function compilerEnvironment(
  paths: Paths,
  build: CrateBuild,
  unit: CrateUnit,
): readonly EnvironmentChange[] {
  const own = absolutePath(paths, dependenciesFolder(build, { ...unit, side: 'build' }));
  return packageEnvironment(build, unit, [own, ...ownLibraries(build)]);
}

/** The compiler's libraries. */
function ownLibraries({ tools }: CrateBuild): readonly string[] {
  return tools.rustup === undefined ? [] : [tools.rustup.libraries];
}

/** Cargo sets it by itself: what `[env]` says of it reaches nobody. */
const librarySearch = 'LD_LIBRARY_PATH';

function packageEnvironment(
  build: CrateBuild,
  unit: CrateUnit,
  libraries: readonly string[],
): readonly EnvironmentChange[] {
  const { environment } = build.graph.packages.get(unit.package);
  const { rustup } = build.tools;
  return [
    ...(rustup === undefined ? [] : [set('RUSTUP_TOOLCHAIN', rustup.toolchain)]),
    ...Object.entries(build.tools.environment)
      .filter(([name]) => name !== librarySearch)
      .map(([name, value]) => set(name, value)),
    set('CARGO', build.tools.cargo),
    ...Object.entries(environment).map(([name, value]) => set(name, value)),
    { kind: 'prepend', name: librarySearch, value: libraries.join(':'), separator: ':' },
  ];
}

/** A variable that is set, whatever it was. */
export function set(name: string, value: string): EnvironmentChange {
  return { kind: 'set', name, value };
}

/**
 * `CARGO_BIN_EXE_…`: programs of the package that a test may run. Those that are not built, for want of
 * features, are named as well: a test may look whether one is there.
 */
function programVariables(
  paths: Paths,
  build: CrateBuild,
  unit: CrateUnit,
): readonly EnvironmentChange[] {
  if (unit.target.kind !== 'test' && unit.target.kind !== 'bench') return [];
  const built = testedPrograms(build, unit);
  return build.graph.packages.get(unit.package).programs.map((name) => {
    const program = built.find((one) => one.unit.target.name === name);
    const path = program?.path ?? unbuiltProgram(build, unit, name);
    return set(`CARGO_BIN_EXE_${name}`, absolutePath(paths, path));
  });
}

function outDirectory(
  paths: Paths,
  build: CrateBuild,
  unit: CrateUnit,
): readonly EnvironmentChange[] {
  const run = ownRun(build, unit);
  return run === undefined
    ? []
    : [set('OUT_DIR', absolutePath(paths, scriptFiles(build, run).out))];
}
