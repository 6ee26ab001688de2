import { type ChildProcess, spawn } from 'node:child_process';
import type { Environment } from '../../base/environment.ts';
import type { Child, Commands, Finished, SpawnLaunch } from '../host.ts';
import { type LineReader, lineReader } from './line-reader.ts';
import { spawnChild } from './spawn-child.ts';
import { type StarterAnswer, starterAnswers } from './starter-answers.ts';
import { environmentChanges, StarterRequests } from './starter-requests.ts';

/**
 * Commands started by a small program of ours (bin/starter.c). Node forks for each process that it
 * starts, which costs the more the larger it is; and to wake another process for each command, and
 * be woken for its end, costs more than a small command itself: so what is given ahead is asked for,
 * and told, many at once.
 *
 * Where that program cannot run, as it was made for another machine, commands are started without.
 */
export function starterCommands(program: string): Commands {
  let starter: Starter | undefined;
  const gone: Promise<void>[] = [];
  const spawnInTurn = (launch: SpawnLaunch, limit: number): Child | undefined => {
    if (!fits(launch) || starter?.useless === true) return undefined;
    if (starter?.alive !== true) {
      starter = startStarter(program, launch);
      if (starter !== undefined) gone.push(starter.gone);
    }
    return starter?.run(launch, limit);
  };
  const spawnAtOnce = (launch: SpawnLaunch): Child | undefined => {
    const child = spawnInTurn(launch, mostAtOnce);
    if (child === undefined) return undefined;
    let now = child;
    const done = child.done.then((finished) => {
      if (finished.takenBack !== true || starter?.useless !== true) return finished;
      now = spawnChild(launch);
      return now.done;
    });
    return { ...child, done, kill: (signal) => now.kill(signal) };
  };
  return {
    spawn: (launch) => spawnAtOnce(launch) ?? spawnChild(launch),
    spawnInTurn,
    allowInTurn: (limit) => starter?.allow(limit),
    takeBack: () => starter?.takeBack(),
    end: async () => {
      starter?.end();
      starter = undefined;
      await Promise.all(gone.splice(0));
    },
  };
}

/** A limit that is none. */
const mostAtOnce = 2 ** 32 - 1;

/** Whether a starter can do for a command what a process of our own would. */
function fits(launch: SpawnLaunch): boolean {
  return (
    launch.terminal !== true &&
    // Standard error is with the output, or told line by line.
    (launch.mergeOutput === true) === (launch.onErrorLine === undefined) &&
    launch.onOutputLine === undefined &&
    launch.timeoutMs === undefined &&
    launch.argv.length > 0 &&
    !launch.argv.some((word) => word.includes('\0'))
  );
}

function startStarter(program: string, { environment }: SpawnLaunch): Starter | undefined {
  try {
    const child = spawn(program, [], {
      cwd: '/',
      env: { ...environment },
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: true,
    });
    if (child.pid !== undefined) return new Starter(child, child.pid, environment);
    child.on('error', () => {}); // the caller tries without, and tells
  } catch {
    // likewise
  }
  return undefined;
}

interface Waiting {
  readonly finish: (finished: Finished) => void;
  readonly ended: (processId: number) => void;
  /** Where it speaks while it runs. */
  readonly errors: LineReader | undefined;
}

/** A program that starts others, in a session with them; each command is a process group. */
class Starter {
  readonly gone: Promise<void>;
  readonly #id: number;
  readonly #child: ChildProcess;
  readonly #environment: Environment;
  readonly #requests = new StarterRequests();
  readonly #waiting = new Map<number, Waiting>();
  #lastEnvironment: Environment;
  #lastChanges: readonly string[] = [];
  #nextId = 1;
  #sending = false;
  #hasAnswered = false;
  alive = true;
  /** It ended by itself before it did anything. */
  useless = false;

  constructor(child: ChildProcess, id: number, environment: Environment) {
    this.#child = child;
    this.#id = id;
    this.#environment = environment;
    this.#lastEnvironment = environment;
    child.stdin?.on('error', () => {}); // that it is gone is heard below
    const answers = starterAnswers();
    child.stdout?.on('data', (chunk: Buffer) => {
      this.#hasAnswered = true;
      for (const answer of answers(chunk)) this.#settle(answer);
    });
    this.gone = new Promise((resolve) => {
      child.on('close', (_code, signal) => {
        this.alive = false;
        this.useless = signal === null && !this.#hasAnswered && this.#waiting.size > 0;
        const ended = { kind: 'killed', signal: 'SIGKILL' } as const;
        const back = this.useless ? ({ takenBack: true } as const) : {};
        for (const { finish } of this.#waiting.values())
          finish({ ended, stdout: '', stderr: '', ...back });
        this.#waiting.clear();
        resolve();
      });
    });
  }

  run(launch: SpawnLaunch, limit: number): Child {
    const id = this.#nextId++;
    const changes = this.#changesTo(launch.environment);
    this.#requests.run(id, launch, { limit, changes });
    this.#send();
    let group = 0;
    const done = new Promise<Finished>((finish) => {
      const ended = (processId: number): void => {
        group = processId;
      };
      const { onErrorLine } = launch;
      const errors = onErrorLine && lineReader(onErrorLine);
      this.#waiting.set(id, { finish, ended, errors });
    });
    const kill = (signal: NodeJS.Signals): void => {
      if (this.#waiting.has(id)) {
        this.#requests.kill(id, signal);
        this.#send();
      } else if (group !== 0) {
        signalGroup(group, signal);
      }
    };
    return { done, kill, groupId: this.#id, groupStays: true };
  }

  /** Most commands have the same one as the command before. */
  #changesTo(environment: Environment): readonly string[] {
    if (environment !== this.#lastEnvironment) {
      this.#lastEnvironment = environment;
      this.#lastChanges = environmentChanges(this.#environment, environment);
    }
    return this.#lastChanges;
  }

  allow(limit: number): void {
    this.#requests.allow(limit);
    this.#send();
  }

  takeBack(): void {
    this.#requests.drop();
    this.#send();
  }

  end(): void {
    this.#child.stdin?.end();
  }

  #goOnSoon(): void {
    setImmediate(() => {
      this.#requests.goOn();
      this.#send();
    });
  }

  /** Once for all that is asked in one go. */
  #send(): void {
    if (this.#sending) return;
    this.#sending = true;
    process.nextTick(() => {
      this.#sending = false;
      if (this.alive) this.#child.stdin?.write(this.#requests.take());
    });
  }

  #settle(answer: StarterAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    if (answer.kind === 'said') {
      waiting?.errors?.take(answer.bytes);
      return;
    }
    const { id, ended, output, processId, tookMs, takenBack } = answer;
    this.#waiting.delete(id);
    waiting?.ended(processId);
    const took = tookMs === undefined ? {} : { tookMs };
    const back = takenBack ? { takenBack } : {};
    const stderr = waiting?.errors?.end().text ?? '';
    waiting?.finish({ ended, stdout: output, stderr, ...took, ...back });
    // Whoever does not want to go on from a failure, takes back the others when told of it.
    if (processId !== 0 && (ended.kind !== 'exited' || ended.code !== 0)) this.#goOnSoon();
  }
}

function signalGroup(id: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-id, signal);
  } catch {
    // it is gone
  }
}
