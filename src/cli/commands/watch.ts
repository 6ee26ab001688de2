import type { Command } from 'commander';
import type { Child, Ended } from '../../host/host.ts';
import { type BuildDirectory, findBuildDirectory } from '../build-directory.ts';
import { findTarget } from '../find-target.ts';
import { openBuild } from '../open-build.ts';
import { flag, parseWords, text } from '../parse-words.ts';
import { refuse, refuseFile } from '../say.ts';
import { exitCodes, type Session } from '../session.ts';
import { Changes } from '../watch/changes.ts';
import { ignoredBy } from '../watch/ignored.ts';

/**
 * `kaon watch [TARGET …]`: builds, and again whenever a file changes. Each build is a kaon of its own, so
 * that build files, wraps and options are seen as in any build, and nothing piles up in this one.
 */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const end = words.indexOf('--');
  const parsed = parseWords(
    session.terminal,
    { name: 'watch', summary: 'Build, and again whenever something changes.', define },
    end === -1 ? words : words.slice(0, end),
  );
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  const found = findBuildDirectory(session, text(options, 'C'));
  if (!found.ok) return refuse(session, found.error);
  const sourceRoot = await sourceRootOf(session, found.value);
  if (typeof sourceRoot === 'number') return sourceRoot;
  const { buildRoot } = found.value;
  const build = [...session.self, 'compile', '-C', buildRoot, ...passedOn(options), ...operands];
  const test = [...session.self, 'test', '-C', buildRoot, '--no-rebuild', '--changed'];
  const program = text(options, 'run');
  return session.interruptible((stop) =>
    watchAndBuild(session, {
      sourceRoot,
      buildRoot,
      build,
      test: flag(options, 'test') ? test : undefined,
      program,
      programWords: end === -1 ? [] : words.slice(end + 1),
      stop,
    }),
  );
}

function define(command: Command): void {
  command
    .argument('[targets...]', 'What to build; everything when none is named')
    .option('-C <dir>', 'The build directory')
    .option('-j, --jobs <n>', 'How many commands run at once')
    .option('-k, --keep-going <n>', 'Go on until so many commands failed; 0: to the end')
    .option('-v, --verbose', 'Show commands as they are run')
    .option('--test', 'Run the tests that a change could affect')
    .option(
      '--run <program>',
      'Run a program, and again after each build; -- ARGUMENT … is for it',
    );
}

function passedOn(options: Readonly<Record<string, unknown>>): readonly string[] {
  const words: string[] = [];
  for (const name of ['jobs', 'keepGoing'] as const) {
    if (options[name] === undefined) continue;
    words.push(name === 'jobs' ? '--jobs' : '--keep-going', String(options[name]));
  }
  return flag(options, 'verbose') ? [...words, '--verbose'] : words;
}

/** The folder to watch: known once it was set up. */
async function sourceRootOf(session: Session, found: BuildDirectory): Promise<string | number> {
  if (found.kind === 'to-set-up') return found.sourceRoot;
  const opened = await openBuild(session, { directory: found.buildRoot, asItIs: true });
  if (!opened.ok) return opened.error;
  opened.value.release();
  return opened.value.state.sourceRoot;
}

interface Watch {
  readonly sourceRoot: string;
  readonly buildRoot: string;
  readonly build: readonly string[];
  readonly test: readonly string[] | undefined;
  /** A target to run. */
  readonly program: string | undefined;
  readonly programWords: readonly string[];
  readonly stop: AbortSignal;
}

async function watchAndBuild(session: Session, watch: Watch): Promise<number> {
  const { host, terminal, json } = session;
  const { sourceRoot, stop } = watch;
  const changes = new Changes(host.clock);
  const started = await host.watching.start(sourceRoot, {
    ignores: ignoredBy(host.files, watch),
    changed: changes.add,
  });
  if (!started.ok) return refuseFile(session, started.error);
  // While it is there, git is at work.
  const busy = (): boolean => host.files.exists(`${sourceRoot}/.git/index.lock`);
  let running: Child | undefined;
  try {
    while (!stop.aborted) {
      const built = await runHere(session, watch.build, stop);
      if (built && watch.program !== undefined) running = await restarted(session, watch, running);
      if (built && watch.test !== undefined) await runHere(session, watch.test, stop);
      if (stop.aborted) break;
      if (!json) terminal.print(`Watching ${sourceRoot} …`);
      await changes.next(stop, busy);
    }
  } finally {
    running?.kill('SIGTERM');
    await started.value.close();
  }
  return exitCodes.interrupted;
}

/** Runs a command in the terminal; whether it ended well. */
async function runHere(
  { host }: Session,
  argv: readonly string[],
  stop: AbortSignal,
): Promise<boolean> {
  if (stop.aborted) return false;
  const { environment, workingDirectory } = host.system;
  const child = host.processes.spawn({ argv, workingDirectory, environment, terminal: true });
  const end = (): void => child.kill('SIGTERM');
  stop.addEventListener('abort', end, { once: true });
  const { ended } = await child.done;
  stop.removeEventListener('abort', end);
  return isWell(ended);
}

function isWell(ended: Ended): boolean {
  return ended.kind === 'exited' && ended.code === 0;
}

/** Ends the program of before, and starts it again. */
async function restarted(
  session: Session,
  { buildRoot, program = '', programWords }: Watch,
  before: Child | undefined,
): Promise<Child | undefined> {
  if (before !== undefined) {
    before.kill('SIGTERM');
    await before.done;
  }
  const { host, terminal } = session;
  const opened = await openBuild(session, { directory: buildRoot, asItIs: true });
  if (!opened.ok) return undefined;
  opened.value.release();
  const target = findTarget(opened.value.state.targets, program);
  if (!target.ok || target.value.outputs.length === 0) {
    terminal.printError(target.ok ? `${program} is no program` : target.error);
    return undefined;
  }
  const { environment, workingDirectory } = host.system;
  const argv = [`${buildRoot}/${target.value.outputs[0]}`, ...programWords];
  return host.processes.spawn({
    argv,
    workingDirectory,
    environment,
    onOutputLine: (line) => terminal.print(line),
    onErrorLine: (line) => terminal.printError(line),
  });
}
