import { basename, dirname, join } from 'node:path/posix';
import { sha256Of } from '../../../../base/sha256.ts';
import { crateFileName } from '../../../../model/crate-file-names.ts';
import type { CrateBuild, CrateGraph, CrateUnit } from '../../../../model/crate-graph.ts';
import { profileFolder } from './unit-folders.ts';

/** A program that an integration test or benchmark may run. */
export interface TestedProgram {
  readonly unit: CrateUnit;
  /** Where the test finds it. */
  readonly path: string;
}

/**
 * Where a program lies under the name that people know it by, which tests may rely on. Should there
 * be several of the name, with other features perhaps, the first one has it.
 */
export function plainProgram(build: CrateBuild, unit: CrateUnit): string {
  const usual = placeIn(profileFolder(build, unit), build, unit);
  return isFirst(build, unit) ? usual : join(dirname(usual), unit.hash, basename(usual));
}

/** Programs of its package that a test may run: they lie in one folder, as they may start each other. */
export function testedPrograms(build: CrateBuild, unit: CrateUnit): readonly TestedProgram[] {
  return placed(build, unit, programsOf(build, unit));
}

/** Examples of its package that a test finds where all tests of that are meant. */
export function testedExamples(build: CrateBuild, unit: CrateUnit): readonly TestedProgram[] {
  return placed(build, unit, [...builtAlike(build, unit).examples.values()]);
}

/**
 * The folder laid out as Cargo's that a test finds itself in: it lies in `deps` there, programs of its package
 * lie above, and `examples` beside. That is the one which users know, unless tests have some of these built
 * with other features or settings.
 */
export function testFolder(build: CrateBuild, test: CrateUnit): string {
  const usual = profileFolder(build, test);
  const { tests, examples } = builtAlike(build, test);
  const own = mayRunPrograms(test) ? test : tests.findLast(mayRunPrograms);
  const beside = [...(own === undefined ? [] : programsOf(build, own)), ...examples.values()];
  if (beside.every((one) => isFirst(build, one))) return usual;
  const hashes = beside.map(({ hash }) => hash).sort();
  const hash = sha256Of(hashes.join()).slice(0, 16);
  return join(usual, `programs-${hash}`);
}

/** Where a program of a unit's package would lie under its plain name. */
export function unbuiltProgram(build: CrateBuild, unit: CrateUnit, name: string): string {
  return join(
    profileFolder(build, unit),
    crateFileName('bin', name, build.tools.sides[unit.side].triple),
  );
}

/** Whether it is an example to run, be it for its tests: not one that is a library. */
export function isExampleProgram({ target }: CrateUnit): boolean {
  return target.kind === 'example' && target.crateTypes.includes('bin');
}

/** Whether it makes something to run that is neither a test nor a build script. */
export function isProgram(unit: CrateUnit): boolean {
  return unit.mode === 'build' && (unit.target.kind === 'bin' || isExampleProgram(unit));
}

/** A program's place in a folder laid out as Cargo's. */
function placeIn(folder: string, { tools }: CrateBuild, unit: CrateUnit): string {
  const { kind, name } = unit.target;
  const file = crateFileName('bin', name, tools.sides[unit.side].triple);
  return join(folder, kind === 'example' ? 'examples' : '', file);
}

function programsOf({ graph }: CrateBuild, test: CrateUnit): readonly CrateUnit[] {
  if (!mayRunPrograms(test)) return [];
  return test.dependencies
    .map(({ unit: id }) => graph.units.get(id))
    .filter(({ target }) => target.kind === 'bin');
}

/** Whether Cargo builds the package's programs for it. */
function mayRunPrograms({ target }: CrateUnit): boolean {
  return target.kind === 'test' || target.kind === 'bench';
}

function placed(
  build: CrateBuild,
  test: CrateUnit,
  programs: readonly CrateUnit[],
): readonly TestedProgram[] {
  if (programs.length === 0) return [];
  const folder = testFolder(build, test);
  return programs.map((unit) => ({ unit, path: placeIn(folder, build, unit) }));
}

/** Tests and examples of a package that are built alike. */
interface BuiltAlike {
  readonly tests: readonly CrateUnit[];
  /** By name: units for tests come last. */
  readonly examples: ReadonlyMap<string, CrateUnit>;
}

interface Growing {
  readonly tests: CrateUnit[];
  readonly examples: Map<string, CrateUnit>;
}

interface Known {
  /** By its place, the first program that would have it. */
  readonly first: ReadonlyMap<string, CrateUnit>;
  readonly alike: ReadonlyMap<string, BuiltAlike>;
}

function isFirst(build: CrateBuild, unit: CrateUnit): boolean {
  const first = knownOf(build).first.get(placeIn(profileFolder(build, unit), build, unit));
  return first === undefined || first.hash === unit.hash;
}

function builtAlike(build: CrateBuild, unit: CrateUnit): BuiltAlike {
  return knownOf(build).alike.get(settingsOf(unit)) ?? { tests: [], examples: new Map() };
}

const known = new WeakMap<CrateGraph, Known>();

function knownOf(build: CrateBuild): Known {
  const before = known.get(build.graph);
  if (before !== undefined) return before;
  const units = [...build.graph.units.values()];
  const first = new Map<string, CrateUnit>();
  for (const unit of units.filter(isProgram)) {
    const place = placeIn(profileFolder(build, unit), build, unit);
    if (!first.has(place)) first.set(place, unit);
  }
  const alike = new Map<string, Growing>();
  for (const unit of units) {
    const isTest = unit.mode === 'test';
    if (!isTest && !(isProgram(unit) && isExampleProgram(unit))) continue;
    const key = settingsOf(unit);
    const those: Growing = alike.get(key) ?? { tests: [], examples: new Map() };
    alike.set(key, those);
    if (isTest) those.tests.push(unit);
    else those.examples.set(unit.target.name, unit);
  }
  const found = { first, alike };
  known.set(build.graph, found);
  return found;
}

/** What is the same of all that one command builds of a package: not the profile's name, as what is equal is shared. */
function settingsOf({ package: of, side, profile }: CrateUnit): string {
  // What is stripped hangs on what is linked.
  const { name: _, strip: _strip, ...settings } = profile;
  return JSON.stringify([of, side, settings]);
}
