import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { invariant } from '../../base/assert.ts';
import type { Ended, Finished, Launch, Processes, Ticket } from '../host.ts';
import { AskedProcesses } from './asked-processes.ts';
import { systemReason } from './fault.ts';
import { isAbove } from './is-above.ts';
import { type Answer, processWorker, type Request, shared, states } from './process-worker.ts';
import { shareJobs } from './share-jobs.ts';
import { shellCommands } from './shell-commands.ts';
import { endGroup, spawnChild } from './spawn-child.ts';
import { starterCommands } from './starter-commands.ts';

/** Stands beside the bundle where there was a C compiler to make it. */
const starter = join(import.meta.dirname, 'starter');

/** The processes of this machine. Those that the evaluator starts go out together, when it needs one of them. */
export function nodeProcesses(): Processes {
  const background = new Background();
  // Only the worker can end a whole process group in time.
  const run = (launch: Launch): Finished =>
    launch.timeoutMs === undefined
      ? runHere(launch.endsWithUs === true ? boundToUs(launch) : launch)
      : background.wait(background.start(launch));
  const asked = new AskedProcesses(run);
  return {
    start: (launch) => asked.start(launch),
    wait: (ticket) => asked.wait(ticket),
    run,
    spawn: (launch) => spawnChild(launch.shared === true ? boundToUs(launch) : launch),
    commands: () => (existsSync(starter) ? starterCommands(starter) : shellCommands()),
    endGroup,
    isAbove,
    shareJobs: ({ jobs }) => shareJobs({ jobs, environment: process.env }),
    loadAverage: () => loadavg()[0] ?? 0,
  };
}

/** Who is killed can end nobody: the system does, as the starter asks it to. */
function boundToUs<T extends Pick<Launch, 'argv'>>(launch: T): T {
  if (!existsSync(starter)) return launch;
  return { ...launch, argv: [starter, String(process.pid), ...launch.argv] };
}

/** Loaded when first needed: a build starts its processes without threads. */
function threads(): typeof import('node:worker_threads') {
  return createRequire(import.meta.url)('node:worker_threads');
}

/** How long a worker may take to come up before its work is done here. */
const patienceMs = 20_000;

/** Processes in a worker that comes up with the first. */
class Background {
  readonly #finished = new Map<number, Finished>();
  readonly #pending = new Map<number, Launch>();
  readonly #memory = new Int32Array(new SharedArrayBuffer(8));
  #worker: ReturnType<typeof startWorker> | 'not yet';
  #next = 0;

  constructor() {
    this.#worker = 'not yet';
  }

  start({ remember: _forOthers, ...launch }: Launch): Ticket {
    if (this.#worker === 'not yet') this.#worker = startWorker(this.#memory);
    const id = this.#next++;
    if (this.#worker === undefined) {
      this.#finished.set(id, runHere(launch));
    } else {
      this.#pending.set(id, launch);
      this.#worker.postMessage({ kind: 'start', id, launch } satisfies Request);
    }
    return id as Ticket; // the only place where a ticket is made
  }

  wait(ticket: Ticket): Finished {
    for (let urged = false; ; ) {
      const before = Atomics.load(this.#memory, shared.answers);
      this.#collect();
      const finished = this.#finished.get(ticket);
      if (finished !== undefined) return finished;
      invariant(this.#pending.has(ticket), 'a ticket that was never given out');
      if (!urged) this.#post({ kind: 'urgent', id: ticket });
      urged = true;
      const waited = Atomics.wait(this.#memory, shared.answers, before, patienceMs);
      if (waited === 'timed-out') this.#giveUpOnWorkerThatNeverCame();
    }
  }

  #post(request: Request): void {
    if (typeof this.#worker === 'object') this.#worker.postMessage(request);
  }

  #collect(): void {
    if (typeof this.#worker !== 'object') return;
    for (;;) {
      const received = threads().receiveMessageOnPort(this.#worker);
      if (received === undefined) return;
      const { id, finished } = received.message as Answer; // only process-worker.ts posts here
      this.#pending.delete(id);
      this.#finished.set(id, finished);
    }
  }

  #giveUpOnWorkerThatNeverCame(): void {
    const state = Atomics.compareExchange(
      this.#memory,
      shared.state,
      states.starting,
      states.abandoned,
    );
    if (state === states.running) return; // it works: the process just takes long
    this.#worker = undefined;
    for (const [id, launch] of this.#pending) this.#finished.set(id, runHere(launch));
    this.#pending.clear();
  }
}

/** Our end of the line to a new worker; undefined when this machine gives us no thread. */
function startWorker(memory: Int32Array) {
  const node = threads();
  const { port1, port2 } = new node.MessageChannel();
  try {
    const worker = new node.Worker(`(${processWorker})(require)`, {
      eval: true,
      env: node.SHARE_ENV,
      execArgv: [],
      workerData: { port: port2, memory, limit: availableParallelism() + 1 },
      transferList: [port2],
    });
    worker.unref();
    port1.unref();
    return port1;
  } catch {
    return undefined;
  }
}

function runHere(launch: Launch): Finished {
  const { argv, workingDirectory, environment, input } = launch;
  const done = spawnSync(argv[0] ?? '', argv.slice(1), {
    cwd: workingDirectory,
    env: { ...environment },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    maxBuffer: Number.POSITIVE_INFINITY,
    ...(input !== undefined && { input }),
    ...(launch.timeoutMs !== undefined && { timeout: launch.timeoutMs, killSignal: 'SIGKILL' }),
  });
  return {
    ended: endedOf(done),
    stdout: done.stdout?.toString('utf8') ?? '',
    stderr: done.stderr?.toString('utf8') ?? '',
  };
}

function endedOf(done: ReturnType<typeof spawnSync>): Ended {
  if (done.error !== undefined && 'code' in done.error && done.error.code === 'ETIMEDOUT') {
    return { kind: 'timed-out' };
  }
  if (done.status !== null) return { kind: 'exited', code: done.status };
  if (done.signal !== null) return { kind: 'killed', signal: done.signal };
  return { kind: 'not-started', reason: systemReason(done.error) };
}
