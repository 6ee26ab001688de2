import type { ChildProcess } from 'node:child_process';
import type { MessagePort } from 'node:worker_threads';
import type { Ended, Finished, Launch } from '../host.ts';

/** What the main thread asks of the worker. */
export type Request =
  | { readonly kind: 'start'; readonly id: number; readonly launch: Launch }
  /** Someone waits for this one: it must not stand in the queue. */
  | { readonly kind: 'urgent'; readonly id: number };

/** How the process of a request ended. */
export interface Answer {
  readonly id: number;
  readonly finished: Finished;
}

/** Places in the shared memory: how many answers were sent, and who owns the worker's queue. */
export const shared = { answers: 0, state: 1 } as const;
/** The worker takes the queue by turning `starting` to `running`; the main thread gives up on it with `abandoned`. */
export const states = { starting: 0, running: 1, abandoned: 2 } as const;

/**
 * What the worker is given: where requests come from, the numbers that both sides see, and how many
 * processes run at once.
 */
export interface WorkerData {
  readonly port: MessagePort;
  readonly memory: Int32Array;
  readonly limit: number;
}

/**
 * The program of the process worker. Its text is given to `new Worker`, so that it needs no file of
 * its own beside the bundle: it may refer to nothing outside of itself but types.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: it stands for itself, so all that it does stands in it
export function processWorker(load: NodeJS.Require): void {
  const { workerData } = load('node:worker_threads');
  const { spawn } = load('node:child_process');
  const { getSystemErrorMap } = load('node:util');
  const { port, memory, limit } = workerData as WorkerData; // given by node-processes.ts
  const queue: { id: number; launch: Launch }[] = [];
  let running = 0;
  if (Atomics.compareExchange(memory, 1, 0, 1) !== 0) return;

  port.on('message', (request: Request) => {
    if (request.kind === 'start') {
      queue.push(request);
      next();
    } else {
      const at = queue.findIndex(({ id }) => id === request.id);
      const [task] = at === -1 ? [] : queue.splice(at, 1);
      if (task !== undefined) begin(task.id, task.launch);
    }
  });

  function next(): void {
    while (running < limit) {
      const task = queue.shift();
      if (task === undefined) return;
      begin(task.id, task.launch);
    }
  }

  function begin(id: number, launch: Launch): void {
    running++;
    let answered = false;
    const answer = (finished: Finished): void => {
      if (answered) return;
      answered = true;
      running--;
      port.postMessage({ id, finished });
      Atomics.add(memory, 0, 1);
      Atomics.notify(memory, 0);
      next();
    };
    try {
      observe(launch, answer);
    } catch (error) {
      answer({ ended: notStarted(error), stdout: '', stderr: '' });
    }
  }

  function observe(launch: Launch, answer: (finished: Finished) => void): void {
    const { argv, workingDirectory, environment, input, timeoutMs } = launch;
    const child: ChildProcess = spawn(argv[0] ?? '', argv.slice(1), {
      cwd: workingDirectory,
      env: environment,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      // A group of its own only where it may have to be ended: else Ctrl-C ends it with us.
      detached: timeoutMs !== undefined,
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let timedOut = false;
    child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.stdin?.on('error', () => {}); // a process need not read its input
    child.stdin?.end(input);
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            try {
              process.kill(-(child.pid ?? 0), 'SIGKILL');
            } catch {
              // it is gone
            }
          }, timeoutMs);
    child.on('error', (error) => {
      if (child.pid === undefined) answer({ ended: notStarted(error), stdout: '', stderr: '' });
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const ended: Ended = timedOut
        ? { kind: 'timed-out' }
        : signal !== null
          ? { kind: 'killed', signal }
          : { kind: 'exited', code: code ?? 0 };
      answer({
        ended,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
      });
    });
  }

  function notStarted(error: unknown): Ended {
    const { errno, message } = error as { errno?: number; message?: string }; // as Node throws them
    const text: string = getSystemErrorMap().get(errno ?? 0)?.[1] ?? message ?? String(error);
    return { kind: 'not-started', reason: text.charAt(0).toUpperCase() + text.slice(1) };
  }
}
