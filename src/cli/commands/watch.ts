import type { Command } from 'commander';
import type { Ended } from '../../host/host.ts';
import { openBuild } from '../build/open-build.ts';
import { exitCodes, type Session } from '../session.ts';
import { type BuildDirectory, findBuildDirectory } from '../setup/build-directory.ts';
import { refuse } from '../terminal/refuse.ts';
import { Changes } from '../watch/changes.ts';
import { gitWork } from '../watch/git-work.ts';
import { ignoredBy } from '../watch/ignored.ts';
import { OwnEcho } from '../watch/own-echo.ts';
import { WatchedProgram } from '../watch/program.ts';
import { SetOptions } from '../watch/set-options.ts';
import { flag, jobs, parseWords, text } from '../words/parse-words.ts';

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
  const where = ['-C', buildRoot, ...(session.json ? ['--json'] : [])];
  const build = [...session.self, 'compile', ...where, ...passedOn(options), ...operands];
  // What only tests need may be no part of what is built.
  const test = [...session.self, 'test', ...where, '--changed'];
  const name = text(options, 'run');
  const more = end === -1 ? [] : words.slice(end + 1);
  return session.interruptible((stop) =>
    watchAndBuild(session, {
      sourceRoot,
      buildRoot,
      build,
      test: flag(options, 'test') ? test : undefined,
      program:
        name === undefined
          ? undefined
          : new WatchedProgram(session, { buildRoot, name, words: more }),
      stop,
    }),
  );
}

function define(command: Command): void {
  command
    .argument('[targets...]', 'What to build; everything when none is named')
    .option('-C <dir>', 'The build directory')
    .option('-j, --jobs <count>', 'How many commands run at once', jobs)
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
  readonly program: WatchedProgram | undefined;
  readonly stop: AbortSignal;
}

async function watchAndBuild(session: Session, watch: Watch): Promise<number> {
  const { host, terminal, json } = session;
  const { sourceRoot, buildRoot, program, stop } = watch;
  const changes = new Changes(host.clock);
  const echo = new OwnEcho();
  const told = new Set<string>();
  const failed = (reason: string): void => {
    // It is told once, and not for each file.
    if (!told.has(reason))
      terminal.printError(`kaon: not all of ${sourceRoot} is watched: ${reason}`);
    told.add(reason);
  };
  const started = await host.watching.start(sourceRoot, {
    ignores: ignoredBy(host.files, watch),
    changed: (path) => {
      if (!echo.isFound(path)) changes.add(path);
    },
    failed,
  });
  if (!started.ok)
    return refuse(session, `${sourceRoot} cannot be watched: ${started.error.reason}`);
  const options = new SetOptions(host, { buildRoot, changed: changes.add, failed });
  const busy = gitWork(host, sourceRoot);
  try {
    while (!stop.aborted) {
      options.note();
      const built = await runHere(session, watch.build, stop);
      await options.watch();
      if (built && !stop.aborted) await program?.restart();
      if (built && watch.test !== undefined) await runHere(session, watch.test, stop);
      if (stop.aborted) break;
      const still = !built && program?.runs ? ` (${program.name} runs as it was built before)` : '';
      if (!json) terminal.print(`Watching ${sourceRoot} …${still}`);
      const spokenAtMs = host.clock.monotonicMs();
      const changed = await changes.next(stop, busy);
      const log = echo.heard(changed, host.clock.monotonicMs() - spokenAtMs);
      if (log !== undefined)
        terminal.printError(
          `kaon: ${log} changes each time without being edited: it is not watched any more`,
        );
    }
  } finally {
    await Promise.all([program?.end(), started.value.close(), options.close()]);
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
