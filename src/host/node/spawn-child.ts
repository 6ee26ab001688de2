import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { closeSync, openSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { unreachable } from '../../base/assert.ts';
import type { Child, Ended, Finished, SpawnLaunch } from '../host.ts';
import { systemReason } from './fault.ts';
import { lineReader } from './line-reader.ts';
import { type Captured, readOutput } from './read-output.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** How long after TERM a process group that ran out of time is killed. */
const graceMs = 500;
/** Node's timers go off at once when they are longer. */
const longestTimerMs = 2 ** 31;
/** How long output is still read after a process ended whose children keep its pipes open. */
const lingerMs = 500;

/** A process in its own group (with the terminal: in ours), its output captured without the event loop where that can be. */
export function spawnChild(launch: SpawnLaunch): Child {
  const descriptors: Descriptors = { given: [], captured: [] };
  let streams: Streams;
  let child: ChildProcess;
  try {
    streams = openStreams(launch, descriptors);
    const [program = '', ...args] = streams.argv;
    const { stdio } = streams;
    child = withUmask(launch.umask, () =>
      spawn(program, args, {
        cwd: launch.workingDirectory,
        env: { ...launch.environment },
        stdio,
        detached: launch.terminal !== true,
      }),
    );
  } catch (error) {
    for (const each of [...descriptors.given, ...descriptors.captured]) closeSync(each);
    const ended: Ended = { kind: 'not-started', reason: systemReason(error) };
    return { done: Promise.resolve({ ended, stdout: '', stderr: '' }), kill: () => {} };
  }
  for (const descriptor of descriptors.given) closeSync(descriptor);
  const kill = (signal: NodeJS.Signals): void => signalGroup(child, launch, signal);
  const done = finish(child, streams, { timeoutMs: launch.timeoutMs, kill });
  return child.pid === undefined || launch.terminal === true
    ? { done, kill }
    : { done, kill, groupId: child.pid };
}

/** A process has the umask that its parent had when it was started. */
function withUmask<T>(umask: number | undefined, start: () => T): T {
  if (umask === undefined) return start();
  const before = process.umask(umask);
  try {
    return start();
  } finally {
    process.umask(before);
  }
}

/** Kills a process group that an earlier kaon left behind. */
export function endGroup(groupId: number): void {
  try {
    process.kill(-groupId, 'SIGKILL');
  } catch {
    // it is gone
  }
}

function signalGroup(child: ChildProcess, launch: SpawnLaunch, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(launch.terminal === true ? child.pid : -child.pid, signal);
  } catch {
    // it is gone
  }
}

/** What was opened for a process. */
interface Descriptors {
  /** To be closed once the process has its own. */
  readonly given: number[];
  /** To be read when it has ended. */
  readonly captured: number[];
}

interface Streams {
  readonly argv: readonly string[];
  readonly stdio: StdioOptions;
  readonly stdout: Capture;
  readonly stderr: Capture;
}

/** Where an output goes: to a nameless file, through a pipe by lines, or not to us. */
type Capture =
  | { readonly kind: 'file'; readonly descriptor: number }
  | { readonly kind: 'pipe'; readonly onLine: ((line: string) => void) | undefined }
  | { readonly kind: 'none' };

const none: Capture = { kind: 'none' };

function openStreams(launch: SpawnLaunch, descriptors: Descriptors): Streams {
  if (launch.terminal === true || launch.shared === true) {
    return { argv: launch.argv, stdio: 'inherit', stdout: none, stderr: none };
  }
  const open = (path: string, flags: string): number => {
    const descriptor = openSync(path, flags);
    descriptors.given.push(descriptor);
    return descriptor;
  };
  const capture = (onLine: ((line: string) => void) | undefined): Capture => {
    if (onLine !== undefined) return { kind: 'pipe', onLine };
    const descriptor = namelessFile();
    if (descriptor === undefined) return { kind: 'pipe', onLine: undefined };
    descriptors.captured.push(descriptor);
    return { kind: 'file', descriptor };
  };
  const stdin = launch.stdinFile === undefined ? 'ignore' : open(launch.stdinFile, 'r');
  const toFile = launch.stdoutFile === undefined ? undefined : open(launch.stdoutFile, 'w');
  const stdout = toFile === undefined ? capture(launch.onOutputLine) : none;
  const stdoutEnd = toFile ?? end(stdout);
  if (launch.mergeOutput !== true || toFile !== undefined) {
    const stderr = capture(launch.onErrorLine);
    return { argv: launch.argv, stdio: [stdin, stdoutEnd, end(stderr)], stdout, stderr };
  }
  if (typeof stdoutEnd === 'number') {
    const stdio: StdioOptions = [stdin, stdoutEnd, stdoutEnd];
    return { argv: launch.argv, stdio, stdout, stderr: none };
  }
  // Node cannot give one pipe to both outputs; a shell can.
  const argv = ['/bin/sh', '-c', 'exec "$@" 2>&1', 'sh', ...unspoken(launch), ...launch.argv];
  return { argv, stdio: [stdin, stdoutEnd, 'ignore'], stdout, stderr: none };
}

/** Shells drop variables whose names they cannot express, such as `CARGO_BIN_EXE_my-tool`: these are set again. */
function unspoken({ argv, environment }: SpawnLaunch): readonly string[] {
  const odd = Object.entries(environment).filter(([name]) => !/^[A-Za-z_]\w*$/.test(name));
  const isClear = argv[0]?.includes('=') === false;
  return odd.length > 0 && isClear ? ['env', '--', ...odd.map((one) => one.join('='))] : [];
}

function end(capture: Capture): number | 'pipe' | 'ignore' {
  switch (capture.kind) {
    case 'file':
      return capture.descriptor;
    case 'pipe':
      return 'pipe';
    case 'none':
      return 'ignore';
    default:
      return unreachable(capture);
  }
}

let files = 0;

/** A file that has lost its name: cheaper than a pipe, and it cannot be left behind. */
export function namelessFile(): number | undefined {
  const path = join(temporaryFolder(), `kaon-${process.pid}-${files++}.out`);
  try {
    const descriptor = openSync(path, 'ax+', 0o600);
    unlinkSync(path);
    return descriptor;
  } catch {
    return undefined;
  }
}

interface Ending {
  readonly timeoutMs: number | undefined;
  readonly kill: (signal: NodeJS.Signals) => void;
}

function finish(
  child: ChildProcess,
  streams: Streams,
  { timeoutMs, kill }: Ending,
): Promise<Finished> {
  const stdout = reader(child.stdout, streams.stdout);
  const stderr = reader(child.stderr, streams.stderr);
  return new Promise((resolve) => {
    let timedOut = false;
    const timers: NodeJS.Timeout[] = [];
    const settle = (ended: Ended): void => {
      for (const timer of timers) clearTimeout(timer);
      const [out, errors] = [stdout(), stderr()];
      const captured = { ended, stdout: out.text, stderr: errors.text };
      resolve(out.isCut ? { ...captured, isCut: true } : captured);
    };
    if (timeoutMs !== undefined && timeoutMs < longestTimerMs) {
      const expire = (): void => {
        timedOut = true;
        kill('SIGTERM');
        timers.push(setTimeout(() => kill('SIGKILL'), graceMs));
      };
      timers.push(setTimeout(expire, timeoutMs));
    }
    child.on('error', (error) => {
      if (child.pid === undefined) settle({ kind: 'not-started', reason: systemReason(error) });
    });
    let ended: Ended | undefined;
    child.on('exit', (code, signal) => {
      ended = endedOf({ code, signal, timedOut });
      if (timedOut) kill('SIGKILL'); // whatever of its group outlived it
      if (streams.stdout.kind !== 'pipe' && streams.stderr.kind !== 'pipe') return settle(ended);
      const how = ended;
      timers.push(setTimeout(() => settle(how), lingerMs));
    });
    child.on('close', () => ended !== undefined && settle(ended));
  });
}

function endedOf(how: {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly timedOut: boolean;
}): Ended {
  if (how.timedOut) return { kind: 'timed-out' };
  if (how.signal !== null) return { kind: 'killed', signal: how.signal };
  return { kind: 'exited', code: how.code ?? 0 };
}

/** Answers, once, all that was captured. */
function reader(stream: ChildProcess['stdout'], capture: Capture): () => Captured {
  if (capture.kind === 'file') {
    let content: Captured | undefined;
    return () => {
      content ??= drain(capture.descriptor);
      return content;
    };
  }
  if (capture.kind === 'none' || stream === null) return () => ({ text: '', isCut: false });
  const lines = lineReader(capture.onLine);
  let all: Captured | undefined;
  stream.on('data', (chunk: Buffer) => all === undefined && lines.take(chunk));
  return () => {
    if (all === undefined) {
      stream.destroy();
      all = lines.end();
    }
    return all;
  };
}

function drain(descriptor: number): Captured {
  const captured = readOutput(descriptor);
  closeSync(descriptor);
  return captured;
}
