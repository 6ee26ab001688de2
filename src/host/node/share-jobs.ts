import { spawnSync } from 'node:child_process';
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../base/environment.ts';
import type { Inherited, JobShare } from '../host.ts';
import { systemCode } from './fault.ts';
import { temporaryFolder } from './temporary-folder.ts';

interface ShareRequest {
  readonly jobs: number;
  readonly environment: NodeJS.ProcessEnv;
}

/** Tokens of the make that called us, else our own. */
export function shareJobs({ jobs, environment }: ShareRequest): JobShare {
  const flags = environment['MAKEFLAGS'] ?? '';
  const auth = /--jobserver-(?:auth|fds)=(\S+)/.exec(flags)?.[1];
  const given = auth === undefined ? undefined : openGiven(auth);
  if (given === undefined) {
    const { MAKEFLAGS } = environment;
    return ownShare(jobs, MAKEFLAGS === undefined ? {} : { MAKEFLAGS: withoutAuth(flags) });
  }
  const isFifo = auth?.startsWith('fifo:') === true;
  const most = /(?:^|\s)-j(\d+)(?=\s)/.exec(flags)?.[1];
  // Whoever we start has none of our descriptors.
  const share = tokens(given, { environment: isFifo ? {} : { MAKEFLAGS: withoutAuth(flags) } });
  return most === undefined ? share : { ...share, most: Number(most) };
}

interface Ends {
  readonly read: number;
  readonly write: number;
}

/** Opened anew, so that our reading alone does not block. */
function openGiven(auth: string): Ends | undefined {
  const open = (path: string, flags: number): number | undefined => {
    try {
      const descriptor = openSync(path, flags | constants.O_NONBLOCK);
      if (fstatSync(descriptor).isFIFO()) return descriptor;
      closeSync(descriptor);
    } catch {
      // It was not meant for us: make gives its descriptors to recipes with `+` alone.
    }
    return undefined;
  };
  if (auth.startsWith('fifo:')) {
    const both = open(auth.slice('fifo:'.length), constants.O_RDWR);
    return both === undefined ? undefined : { read: both, write: both };
  }
  const [read, write] = auth.split(',');
  const from = open(`/proc/self/fd/${read}`, constants.O_RDONLY);
  const to = from === undefined ? undefined : open(`/proc/self/fd/${write}`, constants.O_WRONLY);
  return from === undefined || to === undefined ? undefined : { read: from, write: to };
}

function withoutAuth(flags: string): string {
  return flags.replaceAll(/\s*--jobserver-(?:auth|fds)=\S+/g, '').trim();
}

/** Held tokens are given back as they were: make may have given them a meaning. */
function tokens(
  { read, write }: Ends,
  { environment }: { readonly environment: Environment },
): JobShare {
  const held: number[] = [];
  const byte = new Uint8Array(1);
  const give = (): void => {
    const token = held.pop();
    if (token === undefined) return;
    byte[0] = token;
    try {
      writeSync(write, byte);
    } catch {
      // Who shared with us is gone.
    }
  };
  return {
    environment,
    take: () => {
      try {
        if (readSync(read, byte) !== 1) return false;
        held.push(byte[0] ?? 0);
        return true;
      } catch {
        return false;
      }
    },
    give,
    close: () => {
      while (held.length > 0) give();
      closeSync(read);
      if (write !== read) closeSync(write);
    },
  };
}

function isFifo(path: string): boolean {
  try {
    return statSync(path).isFIFO();
  } catch {
    return false;
  }
}

const fifoName = 'kaon-jobs-';
/** Whoever made it has opened it long since; a process of another container has a number of its own. */
const leftAfterMs = 60_000;

/** What processes left that were killed before they could take its name away. */
export function removeLeftovers(folder: string): void {
  for (const name of namesIn(folder).filter((one) => one.startsWith(fifoName))) {
    const path = join(folder, name);
    const id = Number(name.slice(fifoName.length));
    if (!Number.isInteger(id) || id <= 0 || isAlive(id)) continue;
    try {
      if (Date.now() - lstatSync(path).mtimeMs > leftAfterMs) rmSync(path);
    } catch {
      // It is another user's, or gone.
    }
  }
}

/** A folder that everyone may write to is not always one that everyone may list. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/** A job share that is made for the first tool that can use it: most builds need none. */
function ownShare(jobs: number, others: { readonly MAKEFLAGS?: string }): JobShare {
  let share: JobShare | undefined;
  let held = 0;
  const path = join(temporaryFolder(), `${fifoName}${process.pid}`);
  let place = path;
  const open = (): void => {
    if (share !== undefined) return;
    rmSync(path, { force: true });
    removeLeftovers(temporaryFolder());
    if (spawnSync('mkfifo', ['-m', '600', path], { stdio: 'ignore' }).status !== 0) return;
    const both = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
    writeSync(both, '+'.repeat(Math.max(0, jobs - 1)));
    // While we live it can be opened without its name, and nothing is left behind however we end.
    const known = `/proc/${process.pid}/fd/${both}`;
    if (isFifo(known)) {
      place = known;
      rmSync(path, { force: true });
    }
    share = tokens({ read: both, write: both }, { environment: {} });
    for (let count = 0; count < held; count++) share.take();
  };
  const saying = (auth: string) => {
    const told = `${others.MAKEFLAGS ?? ''} -j${jobs} ${auth}`.trim();
    return { MAKEFLAGS: told, CARGO_MAKEFLAGS: told };
  };
  return {
    take: () => {
      if (share !== undefined) return share.take();
      held++;
      return true;
    },
    give: () => {
      if (share !== undefined) share.give();
      else held--;
    },
    get environment(): Environment {
      open();
      return share === undefined ? {} : saying(`--jobserver-auth=fifo:${place}`);
    },
    get inherited(): Inherited | undefined {
      open();
      if (share === undefined) return undefined;
      const environment = saying('--jobserver-fds=3,4 --jobserver-auth=3,4');
      return {
        starter: ['sh', '-c', 'exec 3<"$0" 4>"$0" && exec "$@"', place],
        environment,
        forScripts: { CARGO_MAKEFLAGS: environment.CARGO_MAKEFLAGS, ...others },
      };
    },
    close: () => {
      share?.close();
      rmSync(path, { force: true });
    },
  };
}
