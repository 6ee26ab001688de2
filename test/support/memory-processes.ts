import { posix } from 'node:path';
import type { Environment } from '../../src/base/environment.ts';
import { ok, type Result } from '../../src/base/result.ts';
import { findInPath } from '../../src/host/find-in-path.ts';
import type {
  Child,
  Commands,
  Ended,
  FileFault,
  Finished,
  Launch,
  Processes,
  SpawnLaunch,
  System,
  Ticket,
} from '../../src/host/host.ts';
import type { MemoryFiles } from './memory-files.ts';

/** What a pretended program sees. Its paths are relative to `workingDirectory`: use `read` and `write`. */
export interface ProgramRun {
  /** The name it was started by, then its arguments. */
  readonly argv: readonly string[];
  readonly environment: Environment;
  readonly workingDirectory: string;
  readonly input: string;
  readonly files: MemoryFiles;
  /** Text of a file; throws where there is none, which ends the program with code 1. */
  read(path: string): string;
  write(path: string, content: string): void;
  /** Aborted when the process is killed. */
  readonly signal: AbortSignal;
  /** Prints at once, as a tool that is still running does. */
  say(stdout: string): void;
  complain(stderr: string): void;
}

/** How a program ends: nothing means code 0, a number is the code, a string is its output. */
export type ProgramEnd =
  | number
  | string
  // biome-ignore lint/suspicious/noConfusingVoidType: a program without `return` ends well
  | void
  | { readonly code?: number; readonly stdout?: string; readonly stderr?: string };

export type Program = (run: ProgramRun) => ProgramEnd | Promise<ProgramEnd>;

/** What marks a file in memory as one of the test's programs; the rest of the file is its version. */
const mark = '#!program ';

/** Processes that are functions of the test. Those that `run` or `start` must end without waiting. */
export class MemoryProcesses implements Processes {
  readonly #files: MemoryFiles;
  readonly #system: System;
  readonly #programs = new Map<string, Program>();
  readonly #finished: Finished[] = [];
  /** Every process that was started, in order. */
  readonly started: Launch[] = [];
  /** The groups that were ended from outside. */
  readonly endedGroups: number[] = [];
  #nextGroup = 5000;

  constructor(files: MemoryFiles, system: System) {
    this.#files = files;
    this.#system = system;
  }

  /** Installs a program: an executable file that may be copied, replaced or removed like any other. */
  install(path: string, program: Program): void {
    this.#programs.set(path, program);
    this.#files.makeDirectory(posix.dirname(path));
    this.#files.write(path, `${mark}${path}\n`);
    this.#files.setMode(path, 0o755);
  }

  start(launch: Launch): Ticket {
    const ran = this.#run(launch, launch.input ?? '', new AbortController().signal, {});
    if (ran instanceof Promise)
      throw new Error(`${launch.argv[0]} waits, but is run synchronously`);
    return (this.#finished.push(ran) - 1) as Ticket; // the only place where tickets are made
  }

  wait(ticket: Ticket): Finished {
    const finished = this.#finished[ticket];
    if (finished === undefined) throw new Error(`no process ${ticket}`);
    return finished;
  }

  run(launch: Launch): Finished {
    return this.wait(this.start(launch));
  }

  commands(): Commands {
    let running = 0;
    let most = 1;
    // After a failure, which nobody may want to go on from, nothing starts until all heard of it.
    let held = false;
    const waiting: { readonly start: () => void; readonly takeBack: () => void }[] = [];
    const startWhatMay = (): void => {
      while (running < most && !held) {
        const next = waiting.shift();
        if (next === undefined) break;
        running++;
        next.start();
      }
    };
    const goOn = (): void => {
      held = false;
      startWhatMay();
    };
    const spawnInTurn = (launch: SpawnLaunch, limit: number): Child => {
      most = limit;
      let child: Child | undefined;
      const done = new Promise<Finished>((resolve) => {
        const start = (): void => {
          child = this.spawn(launch);
          child.done.then((finished) => {
            running--;
            held ||= finished.ended.kind !== 'exited' || finished.ended.code !== 0;
            startWhatMay();
            resolve(finished);
            if (held) setImmediate(goOn);
          });
        };
        const ended: Ended = { kind: 'not-started', reason: 'taken back' };
        const takeBack = (): void => resolve({ ended, stdout: '', stderr: '', takenBack: true });
        waiting.push({ start, takeBack });
      });
      startWhatMay();
      const kill: Child['kill'] = (signal) => child?.kill(signal);
      const { groupId } = groupOf(child) ?? {};
      return groupId === undefined ? { done, kill } : { done, kill, groupId };
    };
    return {
      spawn: (launch) => this.spawn(launch),
      spawnInTurn,
      allowInTurn: (limit) => {
        most = limit;
        startWhatMay();
      },
      takeBack: () => {
        for (const { takeBack } of waiting.splice(0)) takeBack();
      },
      end: () => Promise.resolve(),
    };
  }

  spawn(launch: SpawnLaunch): Child {
    const killing = new AbortController();
    const killed = new Promise<Finished>((resolve) => {
      killing.signal.addEventListener('abort', () => {
        const signal = String(killing.signal.reason);
        resolve({ ended: { kind: 'killed', signal }, stdout: '', stderr: '' });
      });
    });
    const text: Result<string, FileFault> =
      launch.stdinFile === undefined ? ok('') : this.#files.readText(launch.stdinFile);
    const run = async (): Promise<Finished> => {
      // As with a real process, nothing has happened yet when spawn returns.
      await Promise.resolve();
      return this.#run(launch, text.ok ? text.value : '', killing.signal, launch);
    };
    const finished = run().then((result) => {
      if (launch.stdoutFile === undefined || killing.signal.aborted) return result;
      this.#files.write(launch.stdoutFile, result.stdout);
      return { ...result, stdout: '' };
    });
    return {
      done: Promise.race([killed, finished]),
      kill: (signal) => killing.abort(signal),
      groupId: this.#nextGroup++,
    };
  }

  endGroup(groupId: number): void {
    this.endedGroups.push(groupId);
    this.#files.remove(`/proc/${groupId}`);
  }

  #run(
    launch: Launch,
    input: string,
    signal: AbortSignal,
    lines: Pick<SpawnLaunch, 'onErrorLine' | 'onOutputLine' | 'mergeOutput'>,
  ): Finished | Promise<Finished> {
    this.started.push(launch);
    const program = this.#programOf(launch);
    if (program === undefined) {
      const reason = `${launch.argv[0] ?? ''}: no such file or directory`;
      return { ended: { kind: 'not-started', reason }, stdout: '', stderr: '' };
    }
    let stdout = '';
    let stderr = '';
    const at = (path: string): string => posix.resolve(launch.workingDirectory, path);
    const say = (text: string): void => {
      stdout += text;
      for (const line of wholeLines(text)) lines.onOutputLine?.(line);
    };
    const complain = (text: string): void => {
      if (lines.mergeOutput === true) stdout += text;
      else stderr += text;
      for (const line of wholeLines(text)) lines.onErrorLine?.(line);
    };
    const finish = (end: ProgramEnd): Finished => {
      const result = typeof end === 'object' ? end : {};
      if (typeof end === 'string') say(end);
      if (result.stdout !== undefined) say(result.stdout);
      if (result.stderr !== undefined) complain(result.stderr);
      const code = typeof end === 'number' ? end : (result.code ?? 0);
      const ended: Ended = { kind: 'exited', code };
      return { ended, stdout, stderr };
    };
    const crash = (error: unknown): Finished =>
      finish({ code: 1, stderr: `${error instanceof Error ? error.message : String(error)}\n` });
    const run: ProgramRun = {
      argv: launch.argv,
      environment: launch.environment,
      workingDirectory: launch.workingDirectory,
      input,
      files: this.#files,
      signal,
      say,
      complain,
      read: (path) => unwrap(this.#files.readText(at(path))),
      write: (path, content) => unwrap(this.#files.write(at(path), content)),
    };
    try {
      const end = program(run);
      return end instanceof Promise ? end.then(finish, crash) : finish(end);
    } catch (error) {
      return crash(error);
    }
  }

  #programOf(launch: Launch): Program | undefined {
    const name = launch.argv[0] ?? '';
    const path = name.includes('/')
      ? posix.resolve(launch.workingDirectory, name)
      : findInPath(
          { files: this.#files, system: { ...this.#system, environment: launch.environment } },
          name,
        );
    if (path === undefined || ((this.#files.stat(path)?.mode ?? 0) & 0o111) === 0) return undefined;
    const content = this.#files.readText(path);
    if (!content.ok || !content.value.startsWith(mark)) return undefined;
    return this.#programs.get(content.value.slice(mark.length).split('\n')[0] ?? '');
  }
}

/** Told apart from the variable, of which the compiler cannot know that a callback set it. */
function groupOf(child: Child | undefined): Pick<Child, 'groupId'> | undefined {
  return child;
}

function wholeLines(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

function unwrap<T>(result: Result<T, FileFault>): T {
  if (!result.ok) throw new Error(result.error.reason);
  return result.value;
}
