import { dirname } from 'node:path/posix';
import type { CrateBuild, CrateUnit, CrateUnitId } from '../../../../model/crate-graph.ts';
import { crateRule } from '../../../../model/crate-rule.ts';
import { consumerOf } from '../../../../model/script-consumer.ts';
import { addAction, type PlanContext } from '../../../context.ts';
import { absolutePath } from '../../../paths.ts';
import { compilerVariables } from './counted-variables.ts';
import { nativeLinks } from './native-links.ts';
import { plainLibrary } from './plain-library.ts';
import { isProgram, plainProgram, testedExamples, testedPrograms } from './program-places.ts';
import { planScriptRun } from './script-run.ts';
import { withVariablesOf } from './through-shell.ts';
import { sourcePlace, tellsBreakage, unitArguments } from './unit-arguments.ts';
import { compileEnvironment } from './unit-environment.ts';
import {
  consumerFile,
  externFiles,
  hasTemporaryFolder,
  isRlib,
  linkedCrates,
  linkedRuns,
  ownRun,
  scriptFiles,
  temporaryMark,
  unitFiles,
} from './unit-files.ts';

/** Adds the actions of crates that are built as Cargo builds them. */
export function planUnits(context: PlanContext, build: CrateBuild): void {
  for (const unit of build.graph.units.values())
    if (unit.mode === 'run-script') planScriptRun(context, build, unit);
    else if (unit.mode !== 'doctest') planCompile(context, build, unit);
  const marked = [...build.graph.units.values()].filter(hasTemporaryFolder);
  for (const path of new Set(marked.map((unit) => temporaryMark(build, unit))))
    addMark(context, path);
  addPrograms(context, build);
  addLibraries(context, build);
}

/** Programs look for shared libraries beside them first: there no older one may lie. */
function addLibraries(context: PlanContext, build: CrateBuild): void {
  const declared = declaredUnits(context, build);
  for (const [id, unit] of build.graph.units.entries()) {
    const library = plainLibrary(build, unit);
    if (library !== undefined && !declared.has(id)) addCopy(context, library.from, library.path);
  }
}

/** Names of programs without hashes, where the build file has no target that gives them these. */
function addPrograms(context: PlanContext, build: CrateBuild): void {
  const declared = declaredUnits(context, build);
  const named = new Set<string>();
  for (const [id, unit] of build.graph.units.entries())
    if (isProgram(unit)) {
      const path = plainProgram(build, unit);
      if (!declared.has(id)) addCopy(context, unitFiles(build, unit).main, path);
      named.add(path);
    }
  for (const test of build.graph.units.values())
    for (const { unit, path } of [
      ...testedPrograms(build, test),
      ...(test.mode === 'test' ? testedExamples(build, test) : []),
    ]) {
      if (!named.has(path)) addCopy(context, unitFiles(build, unit).main, path);
      named.add(path);
    }
}

/** Units for which the build file has a target, that gives them their plainer names. */
function declaredUnits({ model }: PlanContext, build: CrateBuild): ReadonlySet<CrateUnitId> {
  const at = model.crates?.indexOf(build);
  return new Set(
    [...model.targets.values()].flatMap((target) =>
      target.kind === 'custom' && target.crate !== undefined && target.crate.build === at
        ? [target.crate.unit]
        : [],
    ),
  );
}

function addMark(context: PlanContext, path: string): void {
  addAction(context, {
    rule: crateRule.folder,
    description: `Making ${dirname(path)}`,
    work: { kind: 'write', path, content: '' },
    inputs: [],
    outputs: [path],
  });
}

/** Gives a file of a unit another name, outside of the folder of hashes. */
export function addCopy(context: PlanContext, from: string, to: string): void {
  addAction(context, {
    rule: crateRule.product,
    description: `Copying ${to}`,
    work: { kind: 'copy', from, to, linked: true },
    inputs: [from],
    outputs: [to],
  });
}

function planCompile(context: PlanContext, build: CrateBuild, unit: CrateUnit): void {
  const { paths } = context;
  const files = unitFiles(build, unit);
  const { cwd } = sourcePlace(build, unit);
  const compiler = compilerOf(build, unit);
  const links = nativeLinks(context, build, unit);
  const run = ownRun(build, unit);
  const argv = [...compiler, ...unitArguments(paths, build, unit), ...links.args];
  const environment = compileEnvironment(paths, build, unit);
  addAction(context, {
    rule: crateRule.compile,
    description: describe(build, unit),
    work: {
      kind: 'command',
      argv:
        run === undefined
          ? argv
          : withVariablesOf(variablesFile(context, build, run), environment, argv),
      cwd,
      environment: compilerVariables(environment),
      ...(run === undefined && {
        response: { path: `${files.main}.rsp`, from: compiler.length, quoting: 'lines' },
      }),
    },
    // The compiler is one, too, should another program stand before it.
    inputs: [
      // The package's build script may make it.
      ...(run !== undefined && !context.isFile(unit.target.path) ? [] : [unit.target.path]),
      ...unitInputs(build, unit),
      ...links.inputs,
      ...build.tools.rustc.filter((path) => path.startsWith('/')),
    ],
    outputs: files.all,
    // Crates that need no code of it start once its metadata are there.
    ...(isRlib(unit) && { earlyOutputs: [files.interface] }),
    ...(tellsBreakage(build, unit) && { tellsBreakage: true }),
    depfile: { path: files.depfile, format: 'make' },
  });
}

/** rustc, with what the user's configuration puts before it. */
function compilerOf({ tools, graph }: CrateBuild, unit: CrateUnit): readonly string[] {
  const { isMember } = graph.packages.get(unit.package);
  const inner = isMember ? tools.workspaceWrapper : undefined;
  return [...[tools.wrapper, inner].filter((one) => one !== undefined), ...tools.rustc];
}

/** What has to be there before a unit, and whose change asks for doing it again. */
export function unitInputs(build: CrateBuild, unit: CrateUnit): readonly string[] {
  const { graph } = build;
  const run = ownRun(build, unit);
  const runs = linkedRuns(build, unit).map((id) => scriptFiles(build, graph.units.get(id)));
  const crates = isRlib(unit)
    ? unit.dependencies.flatMap(({ unit: id }) => {
        const dependency = graph.units.get(id);
        const isCrate = dependency.mode === 'build' && dependency.target.kind === 'lib';
        return isCrate ? externFiles(build, unit, dependency) : [];
      })
    : linkedCrates(build, unit).flatMap((id) => {
        const dependency = graph.units.get(id);
        const library = plainLibrary(build, dependency);
        return [...unitFiles(build, dependency).linked, ...(library ? [library.path] : [])];
      });
  return [
    ...crates,
    ...runs.flatMap(({ search, elsewhere, libraries, cdylib }) => [
      ...[search, elsewhere, libraries],
      ...(consumerOf(unit) === 'cdylib' ? [cdylib] : []),
    ]),
    ...(run === undefined
      ? []
      : [
          consumerFile(build, run, consumerOf(unit)),
          scriptFiles(build, run).environment,
          scriptFiles(build, run).out,
        ]),
  ];
}

/** Variables that a build script asked for, which are known only once it has run. */
export function variablesFile({ paths }: PlanContext, build: CrateBuild, run: CrateUnit): string {
  return absolutePath(paths, scriptFiles(build, run).environment);
}

function describe({ graph }: CrateBuild, unit: CrateUnit): string {
  const { name, version } = graph.packages.get(unit.package);
  const { target, mode } = unit;
  const what =
    target.kind === 'build-script'
      ? ' (build script)'
      : mode === 'test'
        ? target.kind === 'test' || target.kind === 'bench'
          ? ` (${target.kind} ${target.name})`
          : ` (unit tests of ${target.kind} ${target.name})`
        : target.kind === 'lib'
          ? ''
          : ` (${target.kind} ${target.name})`;
  return `Compiling crate ${name} ${version}${what}`;
}
