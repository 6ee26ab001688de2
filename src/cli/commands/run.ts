import { didYouMean } from '../../base/close-match.ts';
import { changedEnvironment, type EnvironmentChange } from '../../base/environment.ts';
import { ok, type Result } from '../../base/result.ts';
import { quoteWords } from '../../base/shell-words.ts';
import type { PlannedTest } from '../../model/test-plan.ts';
import type { StoredTarget } from '../../store/setup-state.ts';
import { buildGraph } from '../build-graph.ts';
import { defineCargoOptions } from '../cargo-words.ts';
import { findTarget } from '../find-target.ts';
import { type Opened, openBuild } from '../open-build.ts';
import { parseWords, text } from '../parse-words.ts';
import { labelledTests, testsMark } from '../rust-tools/labelled-tests.ts';
import { refuse } from '../say.ts';
import { exitCodes, passedOn, type Session } from '../session.ts';
import { buildRequest, defineBuildOptions, openRequest } from './compile.ts';

/** `kaon run [OPTIONS] [TARGET] [-- ARGUMENT …]` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const end = words.indexOf('--');
  const own = end === -1 ? words : words.slice(0, end);
  const parsed = parseWords(
    session.terminal,
    {
      name: 'run',
      summary: 'Build a program and run it. What stands behind `--` is for the program.',
      define: (command) => {
        command.argument('[target]', 'A program or run target; the only program when not given');
        command.option('--bin <name>', 'The program of a Cargo workspace');
        command.option('--example <name>', 'The example of a Cargo workspace');
        defineBuildOptions(command);
        defineCargoOptions(command);
      },
    },
    own,
  );
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  const opened = await openBuild(session, openRequest(options));
  if (!opened.ok) return opened.error;
  try {
    const example = text(options, 'example');
    const target =
      example === undefined
        ? chosenTarget(session, opened.value, operands[0] ?? text(options, 'bin'))
        : chosenExample(opened.value, example);
    if (!target.ok) return refuse(session, target.error);
    const request = { ...buildRequest(options), goals: target.value.goals, quiet: true };
    const built = await buildGraph(session, opened.value, request);
    if (built.exitCode !== exitCodes.ok || target.value.outputs.length === 0) {
      return built.exitCode;
    }
    opened.value.release();
    const { outputs, program, workingDirectory } = target.value;
    const argv = program?.argv ?? [`${opened.value.state.buildRoot}/${outputs[0]}`];
    return await runProgram(session, {
      argv: [...argv, ...(end === -1 ? [] : words.slice(end + 1))],
      changes: program?.environment ?? [],
      ...(workingDirectory !== undefined && { workingDirectory }),
    });
  } finally {
    opened.value.release();
  }
}

type Runnable = Pick<StoredTarget, 'goals' | 'outputs' | 'program'> & {
  readonly workingDirectory?: string;
};

/** The one of the name; else the only program, or the one that its package says is to be run. */
function chosenTarget(
  { host }: Session,
  { state }: Opened,
  name: string | undefined,
): Result<Runnable, string> {
  if (name?.endsWith(testsMark) === true) {
    const label = name.slice(0, -testsMark.length);
    const { buildRoot, tests } = state;
    const found = labelledTests(host.files, { buildRoot, tests: tests.tests }, label);
    return found === undefined ? findTarget(state.targets, label) : ok(testProgram(found));
  }
  if (name !== undefined) return findTarget(state.targets, name);
  const programs = state.targets.filter(
    ({ type, program }) =>
      type === 'executable' || (program !== undefined && program.isExample !== true),
  );
  const defaults = programs.filter(({ program }) => program?.isDefault === true);
  const [only, ...others] = defaults.length === 1 ? defaults : programs;
  if (only !== undefined && others.length === 0) return ok(only);
  const names = programs.map((each) => each.name).join(', ');
  const error = only === undefined ? 'There is no program to run.' : `Which of these: ${names}?`;
  return { ok: false, error };
}

function chosenExample({ state }: Opened, name: string): Result<Runnable, string> {
  const examples = state.targets.filter(({ program }) => program?.isExample === true);
  const found = examples.find((each) => each.name === name);
  if (found !== undefined) return ok(found);
  const names = examples.map((each) => each.name);
  const others = names.length === 0 ? '' : ` Examples: ${names.join(', ')}.`;
  const error = `There is no example "${name}".${didYouMean(name, names)}${others}`;
  return { ok: false, error };
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

interface ProgramRun {
  readonly argv: readonly string[];
  readonly changes: readonly EnvironmentChange[];
  /** Ours when absent. */
  readonly workingDirectory?: string;
}

async function runProgram(
  { host, terminal }: Session,
  { argv, changes, workingDirectory = host.system.workingDirectory }: ProgramRun,
): Promise<number> {
  const environment = changedEnvironment(host.system.environment, changes);
  const child = host.processes.spawn({ argv, workingDirectory, environment, terminal: true });
  const { ended } = await child.done;
  if (ended.kind === 'exited') return passedOn(ended.code);
  const why = ended.kind === 'not-started' ? ended.reason : 'it was killed';
  terminal.printError(`kaon: ${quoteWords(argv)}: ${why}`);
  return exitCodes.failed;
}
