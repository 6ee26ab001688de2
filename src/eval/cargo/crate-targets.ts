import type { UnitRequest } from '../../cargo/units/unit-graph.ts';
import { crateFileName } from '../../model/crate-file-names.ts';
import type { CrateUnit, CrateUnitId } from '../../model/crate-graph.ts';
import type { BuildTargetInstall, TargetId } from '../../model/target.ts';
import type { Test } from '../../model/test.ts';
import type { Call } from '../call.ts';
import { joinPath, normalPath } from '../paths.ts';
import { perEvaluation } from '../per-evaluation.ts';
import { registerTarget } from '../targets/register.ts';
import { type DeclaredCrates, rootsOf } from './crate-build.ts';
import { warnOfCrates } from './warn-of-crates.ts';

/** What a unit makes, as a build file wants it. */
interface ProductWanted {
  readonly id: CrateUnitId;
  readonly byDefault: boolean;
  readonly install: BuildTargetInstall | undefined;
}

/** A target for what a unit makes, under the name that people know it by. */
export function declareProduct(
  call: Call,
  crates: DeclaredCrates,
  { id, byDefault, install }: ProductWanted,
): TargetId {
  const { scope } = call;
  const { build, at } = crates;
  const known = products(call.evaluation);
  const before = known.get(`${at} ${id}`);
  if (before !== undefined) return askedAgain(call, before, { byDefault, install });
  const unit = build.graph.units.get(id);
  const { triple, isNamed } = build.tools.sides[unit.side];
  const outputs = productNames(unit, triple);
  const usual = joinPath(
    joinPath(build.folder, isNamed ? triple : '', folderOf(unit.profile.name)),
    unit.target.kind === 'example' ? 'examples' : '',
  );
  const twin = twinOf(build, unit);
  const folder = twin === undefined ? usual : joinPath(usual, unit.hash);
  if (twin !== undefined) {
    const names = [twin, unit].map((one) => build.graph.packages.get(one.package).name);
    warnOfCrates(
      call,
      `${names.join(' and ')} both make ${outputs.join(' and ')}: that of ${names[1]} lies in ${folder}`,
    );
  }
  const target = registerTarget(call, {
    kind: 'custom',
    name: unit.target.kind === 'lib' ? (outputs[0] ?? unit.target.name) : unit.target.name,
    project: scope.project,
    subdir: scope.subdir,
    buildSubdir: folder,
    introspectionId: `${unit.hash}@@${unit.target.name}@${unit.target.kind}`,
    definedIn: { tree: 'source', path: normalPath(joinPath(scope.subdir, 'meson.build')) },
    buildByDefault: byDefault,
    inputs: [],
    outputs,
    command: [],
    capture: false,
    feed: false,
    console: false,
    depfile: undefined,
    depends: [],
    dependFiles: [],
    environment: [],
    buildAlwaysStale: false,
    install,
    description: undefined,
    crate: { build: at, unit: id },
  });
  known.set(`${at} ${id}`, target);
  return target;
}

/** An earlier unit that makes files of the same names in the same folder: of two packages, only one can have them. */
function twinOf(build: DeclaredCrates['build'], unit: CrateUnit): CrateUnit | undefined {
  const { target } = unit;
  const makers = makersOf(build);
  // For WebAssembly a program has the name of a library to load.
  const program =
    target.kind === 'lib'
      ? productNames(unit, build.tools.sides[unit.side].triple)
          .flatMap((name) => makers.get(placeOf(unit, 'bin file', name)) ?? [])
          .at(0)
      : undefined;
  if (program !== undefined) return program;
  const first = makers.get(placeOf(unit, target.kind, target.name));
  return first === undefined || first.hash === unit.hash ? undefined : first;
}

/** By place, the first unit that has it. */
const knownMakers = new WeakMap<DeclaredCrates['build'], ReadonlyMap<string, CrateUnit>>();

function makersOf(build: DeclaredCrates['build']): ReadonlyMap<string, CrateUnit> {
  const makers = knownMakers.get(build) ?? findMakers(build);
  knownMakers.set(build, makers);
  return makers;
}

function findMakers({ graph, tools }: DeclaredCrates['build']): ReadonlyMap<string, CrateUnit> {
  const makers = new Map<string, CrateUnit>();
  const named = new Set(graph.roots.map((id) => graph.units.get(id).hash));
  for (const unit of graph.units.values()) {
    const { kind, name } = unit.target;
    // Libraries that nobody asked for by name keep their hashes; programs all have a plain name.
    if (unit.mode !== 'build' || (kind === 'lib' && !named.has(unit.hash))) continue;
    const files = kind === 'bin' ? productNames(unit, tools.sides[unit.side].triple) : [];
    const places = [
      placeOf(unit, kind, name),
      ...files.map((file) => placeOf(unit, 'bin file', file)),
    ];
    for (const place of places) if (!makers.has(place)) makers.set(place, unit);
  }
  return makers;
}

function placeOf({ side, profile }: CrateUnit, kind: string, name: string): string {
  return [side, folderOf(profile.name), kind, name].join('/');
}

/** Products by build and unit: `build()` and `library()` may ask for the same. */
const products = perEvaluation(() => new Map<string, TargetId>());

/** One product wanted twice goes wherever either said. */
function askedAgain(
  { evaluation }: Call,
  id: TargetId,
  { byDefault, install }: Omit<ProductWanted, 'id'>,
): TargetId {
  const { targets } = evaluation.tables;
  const row = targets.get(id);
  if (row.kind !== 'custom') return id;
  const both = row.install && install;
  targets.replace(id, {
    ...row,
    buildByDefault: row.buildByDefault || byDefault,
    install:
      both === undefined
        ? (row.install ?? install)
        : {
            ...both,
            directories: both.directories.map((one, at) => one ?? row.install?.directories[at]),
          },
  });
  return id;
}

/** Names of a unit's files without hashes. */
function productNames({ target }: CrateUnit, triple: string): readonly string[] {
  return target.crateTypes.map((type) => {
    const stem = type === 'bin' ? target.name : target.name.replaceAll('-', '_');
    return crateFileName(type, stem, triple);
  });
}

const folders: Readonly<Record<string, string>> = { dev: 'debug', test: 'debug', bench: 'release' };

function folderOf(profile: string): string {
  return folders[profile] ?? profile;
}

/** Declares the tests and benchmarks of all selected packages, and their examples to be run. */
export function declareCrateTests(call: Call, crates: DeclaredCrates): void {
  declareExamples(call, crates);
  const { tests, namedTests } = call.evaluation.tables;
  const usual = testsIn(crates, 'test');
  tests.push(
    ...usual.map((id) => ({
      ...testOf(call, crates, id),
      crateExamples: examplesOf(crates, id),
    })),
    ...testsIn(crates, 'bench').map((id) => ({
      ...testOf(call, crates, id),
      protocol: 'exitcode' as const,
      benchmark: true,
    })),
  );
  namedTests.run.push(
    ...testsIn(crates, 'test-named')
      .filter((id) => !usual.includes(id))
      .map((id) => testOf(call, crates, id)),
  );
  namedTests.compiled.push(
    ...testsIn(crates, 'build-named').map((unit) => ({ build: crates.at, unit })),
  );
  const { units } = crates.build.graph;
  const tested = new Set(usual.map((id) => units.get(id).package));
  const untested = rootsOf(crates, 'test').filter((id) => !tested.has(units.get(id).package));
  namedTests.beside.push(...untested.map((unit) => ({ build: crates.at, unit })));
  namedTests.untestable.push(...crates.untestable);
}

/** The examples of a unit's package that are compiled where all its tests are meant. */
function examplesOf(crates: DeclaredCrates, id: CrateUnitId): readonly CrateUnitId[] {
  const { units } = crates.build.graph;
  const { package: of } = units.get(id);
  return rootsOf(crates, 'test').filter((one) => {
    const { package: owner, target, mode } = units.get(one);
    return owner === of && target.kind === 'example' && mode === 'build';
  });
}

/** Units that are tests, among those that are made for a purpose. */
function testsIn(crates: DeclaredCrates, purpose: UnitRequest['purpose']): readonly CrateUnitId[] {
  const { units } = crates.build.graph;
  return rootsOf(crates, purpose).filter((id) => {
    const { mode } = units.get(id);
    return mode === 'test' || mode === 'doctest';
  });
}

function testOf({ evaluation, scope }: Call, { at, build }: DeclaredCrates, id: CrateUnitId): Test {
  const project = evaluation.tables.projects.get(scope.project).name;
  const unit = build.graph.units.get(id);
  const { name } = build.graph.packages.get(unit.package);
  return {
    name: testName(name, unit),
    project,
    suites: [`${project}:${name}`],
    command: [],
    environment: [],
    workingDirectory: undefined,
    depends: [],
    parallel: true,
    shouldFail: false,
    // Cargo has no limit.
    timeoutSeconds: 0,
    protocol: unit.target.harness ? 'rust' : 'exitcode',
    priority: 0,
    verbose: false,
    benchmark: false,
    crate: { build: at, unit: id },
  };
}

/** Examples, for those who ask for one. Of several of a name the first has it. */
function declareExamples(call: Call, crates: DeclaredCrates): void {
  const { units } = crates.build.graph;
  const taken = new Set<string>();
  for (const id of rootsOf(crates, 'build-named').toSorted((one, other) => one - other)) {
    const { target, mode, side } = units.get(id);
    const name = `${side} ${target.name}`;
    if (mode !== 'build' || target.kind !== 'example' || taken.has(name)) continue;
    taken.add(name);
    declareProduct(call, crates, { id, byDefault: false, install: undefined });
  }
}

/** `serde lib`, `serde test regression`, `serde doc`. */
function testName(name: string, { target, mode }: CrateUnit): string {
  if (mode === 'doctest') return `${name} doc`;
  return target.kind === 'lib' ? `${name} lib` : `${name} ${target.kind} ${target.name}`;
}
