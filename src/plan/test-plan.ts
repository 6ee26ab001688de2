import { basename, isAbsolute, relative } from 'node:path/posix';
import type { EnvironmentChange } from '../base/environment.ts';
import type { BuildTarget, CommandWord, TargetId } from '../model/target.ts';
import type { Test } from '../model/test.ts';
import type { LibrarySearch, PlannedTest, PlannedTestSetup, TestPlan } from '../model/test-plan.ts';
import { findsLibrariesByPath, foreignLibraryFolders, winePath } from '../model/windows-folders.ts';
import { absoluteCommand } from './commands/absolute-command.ts';
import { namedOutputs } from './commands/command-words.ts';
import { isForeign } from './commands/foreign.ts';
import type { PlanContext } from './context.ts';
import { crateFiles, crateTargetName, crateTest } from './languages/rust/units/products.ts';
import { specialTests } from './languages/special-tests.ts';
import { runtimeLibraries } from './link/link-closure.ts';
import { absolutePath, spelledPath, targetFile, targetOutputs } from './paths.ts';
import { buildTarget } from './resolve-target.ts';

/** Resolves the tests and benchmarks of a project, those of higher priority first. */
export function planTests(context: PlanContext): TestPlan {
  const { model } = context;
  const [top] = model.projects.values();
  const { run = [], compiled = [], beside = [], untestable = [] } = model.namedTests ?? {};
  return {
    project: top?.name ?? '',
    tests: model.tests
      .toSorted((a, b) => b.priority - a.priority)
      .map((test) => planTest(context, test)),
    setups: model.testSetups.map(
      ({ exeWrapper, ...setup }): PlannedTestSetup => ({
        ...setup,
        wrapper: absoluteCommand(context, exeWrapper),
      }),
    ),
    ...(run.length > 0 && { named: run.map((test) => planTest(context, test)) }),
    ...(compiled.length > 0 && {
      compiled: compiled.map((product) => ({
        crateTarget: crateTargetName(context, product),
        goals: crateFiles(context, product),
      })),
    }),
    ...(beside.length > 0 && {
      beside: [...new Set(beside.flatMap((product) => crateFiles(context, product)))],
    }),
    ...(untestable.length > 0 && { untestable }),
  };
}

function planTest(context: PlanContext, test: Test): PlannedTest {
  const { command, environment, workingDirectory, expectedExitCode, depends, ...others } = test;
  const { crate, crateExamples: _examples, ...same } = others;
  if (crate !== undefined) return { ...same, ...crateTest(context, crate, test) };
  const [program] = command;
  const targets = testTargets(test);
  const foreign = foreignRun(context, command);
  const special = specialTests(context, program);
  const args = command.slice(1).flatMap((word) => argument(context, word, workingDirectory));
  const librarySearch = windowsSearch(context, command, targets);
  return {
    ...same,
    argv: [...(special?.argv ?? absoluteCommand(context, programOf(program))), ...args],
    ...(special !== undefined && { argumentOption: special.argumentOption }),
    environment: [
      ...(special?.environment ?? []),
      ...environment,
      ...(librarySearch?.changes ?? libraryPath(context, targets)),
    ],
    ...(librarySearch !== undefined && { librarySearch }),
    ...(workingDirectory !== undefined && { workingDirectory }),
    ...(expectedExitCode !== undefined && { expectedExitCode }),
    built: special === undefined && program?.kind === 'target',
    depends: special?.depends ?? [...new Set(targets.flatMap((id) => filesOf(context, id)))],
    ...foreign,
  };
}

/** Named by itself: what starts it, java or the wrapper of another machine, comes when the test is run. */
function programOf(program: CommandWord | undefined): readonly CommandWord[] {
  if (program?.kind !== 'target') return program === undefined ? [] : [program];
  return [{ ...program, runner: program.runner ?? [] }];
}

/** How a test runs programs of a machine that is not this one: its own, and those it is given. */
function foreignRun(
  context: PlanContext,
  command: readonly CommandWord[],
): Pick<PlannedTest, 'foreign' | 'exeWrapper'> {
  const { model } = context;
  if (!model.needsExeWrapper) return {};
  const ofHost = (word: CommandWord): boolean =>
    word.kind === 'program' ||
    (word.kind === 'target' && isForeign(context, model.targets.get(word.target)));
  const [program] = command;
  const { exeWrapper: wrapper, missingExeWrapper: missing } = model;
  const runs = program?.kind === 'target' && ofHost(program);
  return {
    ...(runs && {
      foreign: {
        ...(wrapper !== undefined && { wrapper }),
        ...(missing !== undefined && { missing }),
      },
    }),
    ...(wrapper !== undefined && command.some(ofHost) && { exeWrapper: wrapper }),
  };
}

/** Targets that a test runs, is given, or depends on. */
function testTargets(test: Test): readonly TargetId[] {
  return [
    ...new Set([
      ...test.depends,
      ...test.command.flatMap((word) => (word.kind === 'target' ? [word.target] : [])),
    ]),
  ];
}

/** Tests run in the build directory, so built files are named from there, as Meson does. */
function argument(
  context: PlanContext,
  word: CommandWord,
  workingDirectory: string | undefined,
): readonly string[] {
  // As Meson spells them, since tests see it: from the build directory to the sources.
  if (word.kind === 'file') {
    const path = spelledPath(context.paths, word.file);
    return [isAbsolute(path) ? path : `${context.paths.buildRoot}/${path}`];
  }
  if (word.kind !== 'target') return absoluteCommand(context, [word]);
  const target = context.model.targets.get(word.target);
  if (target.kind !== 'build' && target.kind !== 'custom') return [];
  const isProgramOnly = target.kind === 'build' && word.output === 'all';
  const named = isProgramOnly ? [targetFile(target)] : namedOutputs(context, word, target);
  if (workingDirectory !== undefined)
    return named.map((path) => relative(workingDirectory, absolutePath(context.paths, path)));
  const isProgram = target.kind === 'build' && target.type === 'executable';
  return named.map((path) => (isProgram && !path.includes('/') ? `./${path}` : path));
}

function filesOf(context: PlanContext, id: TargetId): readonly string[] {
  const target = context.model.targets.get(id);
  return target.kind === 'build' || target.kind === 'custom' ? targetOutputs(target) : [];
}

/** An rpath alone is not safe: libraries may be opened by name, or lie in a place that is not linked. */
function libraryPath(
  context: PlanContext,
  targets: readonly TargetId[],
): readonly EnvironmentChange[] {
  const folders = new Set(
    librariesOf(context, targets).map((library) => folderOf(context, library)),
  );
  if (folders.size === 0) return [];
  const value = [...folders].join(':');
  const prepend = (name: string): EnvironmentChange => ({
    kind: 'prepend',
    name,
    value,
    separator: ':',
  });
  const isDarwin = context.model.machines.host.system === 'darwin';
  return [prepend('LD_LIBRARY_PATH'), ...(isDarwin ? [prepend('DYLD_LIBRARY_PATH')] : [])];
}

/** As Meson joins it: the build directory itself with a slash. */
function folderOf({ paths }: PlanContext, { buildSubdir }: BuildTarget): string {
  const folder = absolutePath(paths, buildSubdir);
  return buildSubdir === '' ? `${folder}/` : folder;
}

function librariesOf(context: PlanContext, targets: readonly TargetId[]): readonly BuildTarget[] {
  return targets.flatMap((id) =>
    buildTarget(context, id) === undefined ? [] : runtimeLibraries(context, id),
  );
}

/** Programs of Windows find their libraries by `PATH` alone, and with Wine by its own. */
function windowsSearch(
  context: PlanContext,
  [program]: readonly CommandWord[],
  targets: readonly TargetId[],
): LibrarySearch | undefined {
  const { model } = context;
  const target = program?.kind === 'target' ? buildTarget(context, program.target) : undefined;
  if (target === undefined || !findsLibrariesByPath(model, target.machine)) return undefined;
  const named = targets.flatMap((id) => buildTarget(context, id) ?? []);
  const own = [target, ...named, ...librariesOf(context, targets)].map((one) =>
    folderOf(context, one),
  );
  const folders = [...new Set([...own, ...foreignLibraryFolders(model)])];
  const wine = model.exeWrapper?.some((word) => basename(word).startsWith('wine')) === true;
  return {
    folders,
    changes: [
      { kind: 'prepend', name: 'PATH', value: folders.join(':'), separator: ':' },
      ...(wine
        ? [{ kind: 'prepend', name: 'WINEPATH', value: winePath(folders), separator: ';' } as const]
        : []),
    ],
  };
}
