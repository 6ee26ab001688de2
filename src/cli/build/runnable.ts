import { changedEnvironment } from '../../base/environment.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { SpawnLaunch } from '../../host/host.ts';
import type { PlannedTest } from '../../model/test-plan.ts';
import type { StoredTarget } from '../../store/setup/setup-state.ts';
import { isMesonProject } from '../cargo/meson-project.ts';
import { noSuchTarget } from '../cargo/no-such-target.ts';
import { unmetFeatures } from '../cargo/unmet-features.ts';
import { membersSetUp } from '../cargo/workspace-here.ts';
import { labelledTests, testsMark } from '../rust-tools/labelled-tests.ts';
import type { Session } from '../session.ts';
import { findProgram, findTarget, saysSeveral } from './find-target.ts';
import type { Opened } from './open-build.ts';

/** What can be run. */
export type Runnable = Pick<StoredTarget, 'goals' | 'outputs' | 'program'> & {
  readonly workingDirectory?: string;
};

/** The one of a name: a program, a target that is run, or the tests of one. */
export function chosenTarget(
  { host }: Session,
  { state }: Opened,
  name: string,
): Result<Runnable, string> {
  if (name.endsWith(testsMark)) {
    const label = name.slice(0, -testsMark.length);
    const { buildRoot, tests } = state;
    const found = labelledTests(host.files, { buildRoot, tests: tests.tests }, label);
    return found === undefined ? findTarget(state.targets, label) : ok(testProgram(found));
  }
  const found = findProgram(state.targets, name);
  if (found.ok || state.targets.some((target) => target.name === name)) return found;
  const why = unmetFeatures(membersSetUp(host.files, state), { kind: 'program', name });
  return why === undefined ? found : err(why);
}

/** The only program, or the one that its package says is to be run. */
export function onlyProgram(session: Session, opened: Opened): Result<Runnable, string> {
  const { state } = opened;
  const { files } = session.host;
  if (!isMesonProject(files, state.sourceRoot)) {
    // As with Cargo, those count that are not built for want of features.
    const members = membersSetUp(files, state);
    const defaults = members.flatMap((one) => one.package.defaultRun ?? []);
    const all = members.flatMap((one) => [...one.binaries.keys()]);
    const [name, ...others] = defaults.length === 1 ? defaults : all;
    if (name === undefined) return err(noBinary(state.targets));
    return others.length === 0 ? chosenTarget(session, opened, name) : err(severalBinaries(all));
  }
  const programs = state.targets.filter(
    ({ type, program }) =>
      type === 'executable' || (program !== undefined && program.isExample !== true),
  );
  const defaults = programs.filter(({ program }) => program?.isDefault === true);
  const users = defaults.length === 1 ? defaults : besideTests(state, programs);
  const [only, ...others] = users.length > 0 ? users : programs;
  if (only === undefined) return err('There is no program to run.');
  const names = programs.map((each) => each.name);
  return others.length === 0 ? ok(only) : err(`Which of these: ${names.join(', ')}?`);
}

/** Programs that are not there to be run as tests. */
function besideTests(
  { buildRoot, tests }: Opened['state'],
  programs: readonly StoredTarget[],
): readonly StoredTarget[] {
  const tested = new Set(tests.tests.map(({ argv }) => argv[0]));
  return programs.filter(
    ({ outputs }) => !outputs.some((out) => tested.has(`${buildRoot}/${out}`)),
  );
}

/** As Cargo says it; it would not tell what there is instead. */
function noBinary(targets: readonly StoredTarget[]): string {
  const [example] = examplesIn(targets);
  const instead = example === undefined ? '' : `\nhelp: --example ${example.name} runs an example`;
  return `a bin target must be available for \`kaon run\`${instead}`;
}

function severalBinaries(names: readonly string[]): string {
  return `\`kaon run\` could not determine which binary to run. Use the \`--bin\` option to specify a binary, or the \`default-run\` manifest key.\navailable binaries: ${names.toSorted().join(', ')}`;
}

function examplesIn(targets: readonly StoredTarget[]): readonly StoredTarget[] {
  return targets.filter(({ program }) => program?.isExample === true);
}

/** Whether something is called so, be it that it is not built for want of features. */
export function isKnown({ host }: Session, { state }: Opened, name: string): boolean {
  const { targets } = state;
  if (name.endsWith(testsMark) || targets.some((target) => target.name === name)) return true;
  if (findProgram(targets, name).ok) return true;
  return unmetFeatures(membersSetUp(host.files, state), { kind: 'program', name }) !== undefined;
}

/** The one that `--bin` names: in Cargo's words where there is none, not as a target of a build file. */
export function chosenBinary(
  { host }: Session,
  { state }: Opened,
  name: string,
): Result<Runnable, string> {
  const programs = state.targets.filter(
    ({ type, program }) =>
      type === 'executable' || (program !== undefined && program.isExample !== true),
  );
  const found = findTarget(programs, name);
  if (found.ok || saysSeveral(found.error)) return found;
  const why = unmetFeatures(membersSetUp(host.files, state), { kind: 'bin', name });
  const names = programs.map((each) => each.name);
  return err(why ?? noSuchTarget('bin', name, names));
}

/** The example that `kaon run --example NAME` means; an error that names those there are. */
export function chosenExample(
  { host }: Session,
  { state }: Opened,
  name: string,
): Result<Runnable, string> {
  const examples = examplesIn(state.targets);
  const found = examples.find((each) => each.name === name);
  if (found !== undefined) return ok(found);
  const why = unmetFeatures(membersSetUp(host.files, state), { kind: 'example', name });
  const names = examples.map((each) => each.name);
  return err(why ?? noSuchTarget('example', name, names));
}

/** The program of a test, which runs where the test runs. */
function testProgram({ argv, environment, depends, workingDirectory }: PlannedTest): Runnable {
  return {
    goals: depends,
    outputs: depends,
    program: { argv, environment, isDefault: false },
    ...(workingDirectory !== undefined && { workingDirectory }),
  };
}

/** How it is run, with some more arguments. */
export function commandOf(
  { host }: Session,
  { state }: Opened,
  { outputs, program, workingDirectory, more }: Runnable & { readonly more: readonly string[] },
): Pick<SpawnLaunch, 'argv' | 'environment' | 'workingDirectory'> {
  const path = `${state.buildRoot}/${outputs[0]}`;
  const isExecutable = ((host.files.stat(path)?.mode ?? 0) & 0o111) !== 0;
  // A bundle for node, which npm would start so, too.
  const script = /\.[cm]?js$/.test(path) && !isExecutable ? ['node'] : [];
  return {
    argv: [...(program?.argv ?? [...script, path]), ...more],
    environment: changedEnvironment(host.system.environment, program?.environment ?? []),
    workingDirectory: workingDirectory ?? host.system.workingDirectory,
  };
}
