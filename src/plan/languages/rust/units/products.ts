import { invariant } from '../../../../base/assert.ts';
import type { EnvironmentChange } from '../../../../base/environment.ts';
import type { CrateBuild, CrateProduct, CrateUnit } from '../../../../model/crate-graph.ts';
import type { CrateTargetName } from '../../../../model/crate-target-name.ts';
import type { StartedProgram } from '../../../../model/planned-target.ts';
import type { CustomTarget } from '../../../../model/target.ts';
import type { Test } from '../../../../model/test.ts';
import type { PlannedTest } from '../../../../model/test-plan.ts';
import type { PlanContext } from '../../../context.ts';
import { absolutePath, targetOutputs } from '../../../paths.ts';
import { argumentOption } from '../documentation-test.ts';
import { nativeLinks } from './native-links.ts';
import { addCopy, unitInputs, variablesFile } from './plan-units.ts';
import {
  isExampleProgram,
  isProgram,
  plainProgram,
  testedExamples,
  testedPrograms,
} from './program-places.ts';
import { pastShell, withVariablesOf } from './through-shell.ts';
import { cfgArguments, doctestPlace, linkArguments, scriptArguments } from './unit-arguments.ts';
import { compileEnvironment, runEnvironment } from './unit-environment.ts';
import {
  crateNameOf,
  hasTemporaryFolder,
  libraryFiles,
  ownRun,
  temporaryMark,
  unitFiles,
} from './unit-files.ts';

/** Gives what a unit makes its plainer names, outside of the folder of hashes. */
export function planProduct(
  context: PlanContext,
  target: CustomTarget,
  product: CrateProduct,
): void {
  const { build, unit } = found(context, product);
  const made = unitFiles(build, unit).all.filter((path) => !path.endsWith('.rmeta'));
  for (const [at, output] of targetOutputs(target).entries()) {
    const from = made[at];
    invariant(from !== undefined, 'a product has a name for each file of its unit');
    addCopy(context, from, output);
  }
}

/** How the tests of a unit are run. */
export function crateTest(
  context: PlanContext,
  product: CrateProduct,
  {
    environment,
    benchmark,
    crateExamples = [],
  }: Pick<Test, 'environment' | 'benchmark' | 'crateExamples'>,
): Pick<
  PlannedTest,
  | 'argv'
  | 'argumentOption'
  | 'environment'
  | 'workingDirectory'
  | 'built'
  | 'depends'
  | 'examples'
  | 'crateTarget'
> {
  const { build, unit } = found(context, product);
  const { paths } = context;
  const isDoctest = unit.mode === 'doctest';
  const files = unitFiles(build, unit);
  const plain = isDoctest
    ? [...build.tools.rustdoc, ...doctestArguments(context, build, unit)]
    : [
        ...build.tools.sides[unit.side].runner,
        absolutePath(paths, files.main),
        ...(benchmark ? ['--bench'] : []),
      ];
  const { folder } = build.graph.packages.get(unit.package);
  const examples = crateExamples
    .map((id) => build.graph.units.get(id))
    .map((one) => placeOfExample(build, unit, one));
  const variables = isDoctest
    ? compileEnvironment(paths, build, unit)
    : runEnvironment(paths, build, unit);
  return {
    argv: withScripts(context, product, { argv: plain, environment: variables }),
    ...(isDoctest && { argumentOption }),
    environment: [...variables, ...environment],
    workingDirectory: isDoctest ? doctestPlace(build, unit).cwd : folder,
    built: !isDoctest,
    crateTarget: crateTargetName(context, product),
    depends: [
      ...(isDoctest
        ? [...unitInputs(build, unit), ...nativeLinks(context, build, unit).inputs]
        : [files.main]),
      ...(hasTemporaryFolder(unit) ? [temporaryMark(build, unit)] : []),
      ...testedPrograms(build, unit).map(({ path }) => path),
      ...examples,
    ],
    ...(examples.length > 0 && { examples }),
  };
}

/** Where a test finds an example of its package; one that is a library it does not. */
function placeOfExample(build: CrateBuild, test: CrateUnit, example: CrateUnit): string {
  if (!isProgram(example)) return unitFiles(build, example).main;
  const beside = testedExamples(build, test).find(({ unit }) => unit.hash === example.hash);
  return beside?.path ?? plainProgram(build, example);
}

/** What people call the target of a unit. */
export function crateTargetName(context: PlanContext, product: CrateProduct): CrateTargetName {
  const { mode, target } = found(context, product).unit;
  invariant(target.kind !== 'build-script', 'a build script is no product');
  return {
    kind: mode === 'doctest' ? 'doc' : target.kind,
    name: target.name,
    isTested: target.test,
    isBenched: target.bench,
  };
}

/** The program that tests a unit, with those that it may run. */
export function crateFiles(context: PlanContext, product: CrateProduct): readonly string[] {
  const { build, unit } = found(context, product);
  return [unitFiles(build, unit).main, ...testedPrograms(build, unit).map(({ path }) => path)];
}

/** Entries of a product's rpath that installing removes. */
export function productRpath(context: PlanContext, product: CrateProduct): readonly string[] {
  const { build, unit } = found(context, product);
  return nativeLinks(context, build, unit).rpath;
}

/** How a program of a package is run; undefined for what is no program. */
export function crateProgram(
  context: PlanContext,
  target: CustomTarget,
  product: CrateProduct,
): StartedProgram | undefined {
  const { build, unit } = found(context, product);
  const [file] = targetOutputs(target);
  if (!isProgram(unit) || file === undefined) return undefined;
  const argv = [...build.tools.sides[unit.side].runner, absolutePath(context.paths, file)];
  const environment = runEnvironment(context.paths, build, unit);
  return {
    argv: withScripts(context, product, { argv, environment }),
    environment,
    isDefault: build.graph.packages.get(unit.package).defaultRun === unit.target.name,
    ...(isExampleProgram(unit) && { isExample: true as const }),
  };
}

/**
 * Runs a command with the variables that the package's build script set, and where it finds the
 * libraries that such scripts have made.
 */
function withScripts(
  context: PlanContext,
  product: CrateProduct,
  command: { readonly argv: readonly string[]; readonly environment: readonly EnvironmentChange[] },
): readonly string[] {
  const { build, unit } = found(context, product);
  const run = ownRun(build, unit);
  const files = libraryFiles(build, unit).map((file) => absolutePath(context.paths, file));
  const { argv, environment } = command;
  const told =
    run === undefined
      ? argv
      : withVariablesOf(variablesFile(context, build, run), environment, argv);
  if (files.length === 0) return told;
  const each = 'while [ "$1" != -- ]; do . "$1"; shift; done; shift; exec "$@"';
  const past = run === undefined ? pastShell(environment, told) : told;
  return ['sh', '-c', each, 'sh', ...files, '--', ...past];
}

function found(context: PlanContext, { build: at, unit: id }: CrateProduct) {
  const build = context.model.crates?.[at];
  invariant(build !== undefined, 'a product is of one of the builds of crates');
  return { build, unit: build.graph.units.get(id) };
}

function doctestArguments(
  context: PlanContext,
  build: CrateBuild,
  unit: CrateUnit,
): readonly string[] {
  const { paths } = context;
  const { source, args } = doctestPlace(build, unit);
  const { triple, isNamed, rustdocflags, runner } = build.tools.sides[unit.side];
  const { target } = unit;
  return [
    `--edition=${target.edition}`,
    ...target.crateTypes.flatMap((type) => ['--crate-type', type]),
    ...['--color', 'auto', '--crate-name', crateNameOf(unit), '--test'],
    source,
    ...args,
    ...(isNamed ? ['--target', triple] : []),
    ...linkArguments(paths, build, unit),
    ...unit.lto,
    ...cfgArguments(build, unit),
    ...rustdocflags,
    ...nativeLinks(context, build, unit).args,
    ...runnerArguments(runner),
    ...scriptArguments(paths, build, unit),
  ];
}

/** Who runs the examples that rustdoc compiles. */
function runnerArguments([program, ...args]: readonly string[]): readonly string[] {
  if (program === undefined) return [];
  return ['--test-runtool', program, ...args.flatMap((arg) => ['--test-runtool-arg', arg])];
}
