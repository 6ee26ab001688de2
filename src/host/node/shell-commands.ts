import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, ftruncateSync, realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { quoteWord } from '../../base/shell-words.ts';
import type { Child, Commands, Ended, Finished, SpawnLaunch } from '../host.ts';
import { readOutput } from './read-output.ts';
import { environmentChanges } from './shell-round.ts';
import { namelessFile, spawnChild } from './spawn-child.ts';

/** For so many commands it does not pay to start shells. */
const few = 4;

/**
 * Commands run by shells that stay. Node forks for each process that it starts, which costs the more
 * the larger it is; a small shell does so for next to nothing.
 */
export function shellCommands(withoutShell = few): Commands {
  let started = 0;
  const idle: Shell[] = [];
  const all = new Set<Shell>();
  const take = (launch: SpawnLaunch): Shell | undefined => {
    const free = idle.findLastIndex(({ alive }) => alive);
    const [shell] = free === -1 ? [startShell(launch)] : idle.splice(free, 1);
    if (shell !== undefined) all.add(shell);
    return shell;
  };
  const spawnInShell = (launch: SpawnLaunch): Child | undefined => {
    const shell = take(launch);
    const script = shell && scriptOf(launch, shell.started);
    if (shell === undefined || script === undefined) {
      if (shell !== undefined) idle.push(shell);
      return undefined;
    }
    const done = shell.run(script, launch.argv[0] ?? '').then((finished) => {
      idle.push(shell);
      return finished;
    });
    return { done, kill: (signal) => shell.kill(signal), groupId: shell.id, groupStays: true };
  };
  return {
    spawn: (launch) =>
      (++started > withoutShell && fits(launch) ? spawnInShell(launch) : undefined) ??
      spawnChild(launch),
    end: async () => {
      await Promise.all([...all].map((shell) => shell.end()));
      all.clear();
    },
  };
}

/** Whether a shell can do for a command what a process of its own would. */
function fits(launch: SpawnLaunch): boolean {
  return (
    isDash() &&
    !launch.argv.some((word) => word.includes('\0')) &&
    launch.terminal !== true &&
    launch.mergeOutput === true &&
    launch.onErrorLine === undefined &&
    launch.onOutputLine === undefined &&
    launch.timeoutMs === undefined
  );
}

let dash: boolean | undefined;

/** Other shells read what they are told byte by byte. */
function isDash(): boolean {
  try {
    dash ??= realpathSync('/bin/sh').endsWith('/dash');
  } catch {
    dash = false;
  }
  return dash;
}

/** Where and with what a shell was started. */
type Start = Pick<SpawnLaunch, 'workingDirectory' | 'environment'>;

/** What a shell would do itself, in its own way, or take for grammar. */
const ownWords = new Set(
  `. : [ alias bg break cd chdir command continue echo eval exec exit export false fc fg getopts hash
  jobs kill local printf pwd read readonly return set shift test times trap true type ulimit umask
  unalias unset wait if then else elif fi for while until do done case esac in`.split(/\s+/),
);

/**
 * What a shell is told: to run the command, which costs it no copy of itself where nothing else is to
 * be done, else `(cd …; export …; exec PROGRAM …)`; and to say how it ended. Nothing where a variable
 * has a name that shells cannot speak of.
 */
function scriptOf(launch: SpawnLaunch, started: Start): string | undefined {
  const { argv, workingDirectory, environment, stdinFile, stdoutFile } = launch;
  const changes = environmentChanges(started.environment, environment);
  if (changes === undefined) return undefined;
  const folder =
    workingDirectory === started.workingDirectory ? '' : `cd ${quoteWord(workingDirectory)}&&`;
  const output = stdoutFile === undefined ? '' : `>${quoteWord(stdoutFile)} `;
  const redirections = `<${quoteWord(stdinFile ?? '/dev/null')} ${output}3>&-`;
  const command = `${argv.map(quoteWord).join(' ')} ${redirections}`;
  const [program = ''] = argv;
  const plain = folder === '' && changes === '' && !program.includes('=') && !ownWords.has(program);
  return `${plain ? command : `(${folder}${changes}exec ${command})`};echo $?>&3\n`;
}

function startShell({ workingDirectory, environment }: Start): Shell | undefined {
  const output = namelessFile();
  if (output === undefined) return undefined;
  const child = spawn('/bin/sh', [], {
    cwd: workingDirectory,
    env: { ...environment },
    stdio: ['pipe', output, output, 'pipe'],
    detached: true,
  });
  if (child.pid !== undefined) {
    return new Shell({ child, id: child.pid, output, started: { workingDirectory, environment } });
  }
  child.on('error', () => {}); // the caller tries without, and tells
  closeSync(output);
  return undefined;
}

/** A shell in a process group with those that it runs, one at a time. */
class Shell {
  readonly id: number;
  readonly started: Start;
  readonly #child: ChildProcess;
  /** A nameless file that all write to: it is emptied after each command. */
  readonly #output: number;
  readonly #gone: Promise<void>;
  #finish: ((finished: Finished) => void) | undefined;
  #program = '';
  #told = '';
  alive = true;

  constructor(parts: { child: ChildProcess; id: number; output: number; started: Start }) {
    const { child, id, output, started } = parts;
    this.id = id;
    this.started = started;
    this.#child = child;
    this.#output = output;
    child.stdin?.on('error', () => {}); // that it is gone is heard below
    // A signal for the group ends the command; the shell tells how.
    child.stdin?.write('trap : INT TERM HUP\n');
    child.stdio[3]?.on('data', (chunk: Buffer) => this.#hear(chunk.toString('latin1')));
    this.#gone = new Promise((resolve) => {
      child.on('exit', (code, signal) => {
        this.alive = false;
        this.#settle(
          signal === null ? { kind: 'exited', code: code ?? 0 } : { kind: 'killed', signal },
        );
        closeSync(this.#output);
        resolve();
      });
    });
  }

  run(script: string, program: string): Promise<Finished> {
    this.#program = program;
    return new Promise((resolve) => {
      this.#finish = resolve;
      this.#child.stdin?.write(script);
    });
  }

  kill(signal: NodeJS.Signals): void {
    if (!this.alive) return;
    try {
      process.kill(-this.id, signal);
    } catch {
      // it is gone
    }
  }

  /** Resolves once the shell is gone. */
  end(): Promise<void> {
    this.#child.stdin?.end();
    return this.#gone;
  }

  /** A number for each command, on a line of its own. */
  #hear(text: string): void {
    this.#told += text;
    if (!this.#told.endsWith('\n')) return;
    const code = Number(this.#told);
    this.#told = '';
    this.#settle({ kind: 'exited', code });
  }

  #settle(ended: Ended): void {
    const finish = this.#finish;
    if (finish === undefined) return;
    this.#finish = undefined;
    const stdout = takeAll(this.#output);
    finish({ ended: explained(ended, stdout, this.#program), stdout, stderr: '' });
  }
}

/** What a shell tells of a command that did not start, or that a signal ended. */
function explained(ended: Ended, output: string, program: string): Ended {
  if (ended.kind !== 'exited' || ended.code < 126) return ended;
  const said = /^\/bin\/sh: \d+: (?:exec: )?(.*): ([^:\n]*)\n$/s.exec(output);
  const failed = said?.[1] === program ? said[2] : undefined;
  if (failed === 'not found') return { kind: 'not-started', reason: 'No such file or directory' };
  if (failed !== undefined) return { kind: 'not-started', reason: failed };
  const signal = Object.entries(constants.signals).find(
    ([, number]) => number + 128 === ended.code,
  );
  return signal === undefined ? ended : { kind: 'killed', signal: signal[0] };
}

/** What was written to a file that is empty afterwards. */
function takeAll(descriptor: number): string {
  if (fstatSync(descriptor).size === 0) return '';
  const { text } = readOutput(descriptor);
  ftruncateSync(descriptor);
  return text;
}
