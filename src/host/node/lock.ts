import { createHash } from 'node:crypto';
import { closeSync, constants, openSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import type { Lock, LockFault } from '../host.ts';

/**
 * Takes the lock of a folder. On Linux it is a socket in the abstract namespace, named after the
 * folder's device and inode: it needs no file, goes when its process goes, and whoever waits is
 * told by the closing connection. Elsewhere it is a file opened with O_EXLOCK.
 */
export function takeLock(folder: string): Promise<Result<Lock, LockFault>> {
  return process.platform === 'linux' ? takeSocket(folder) : Promise.resolve(takeFile(folder));
}

async function takeSocket(folder: string): Promise<Result<Lock, LockFault>> {
  let name: string;
  try {
    const { dev, ino } = statSync(folder, { bigint: true });
    name = `\0kaon-${createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 32)}`;
  } catch (error) {
    return err({ kind: 'unavailable', reason: String(error) });
  }
  // The holder may go between our try and our question: then we try again.
  for (let round = 0; round < 20; round++) {
    const mine = await listen(name);
    if (mine.kind === 'taken') return ok(mine.lock);
    if (mine.kind === 'failed') return err({ kind: 'unavailable', reason: mine.reason });
    const holder = await ask(name);
    if (holder !== undefined) return err({ kind: 'held', ...holder });
  }
  return err({ kind: 'unavailable', reason: 'the lock changes hands without end' });
}

type Listening =
  | { readonly kind: 'taken'; readonly lock: Lock }
  | { readonly kind: 'in-use' }
  | { readonly kind: 'failed'; readonly reason: string };

function listen(name: string): Promise<Listening> {
  return new Promise((resolve) => {
    const waiting = new Set<{ destroy(): void }>();
    const server = createServer((socket) => {
      waiting.add(socket);
      socket.on('close', () => waiting.delete(socket));
      socket.on('error', () => waiting.delete(socket));
      socket.unref();
      socket.write(`${process.pid}\n`);
    });
    server.on('error', (error: NodeJS.ErrnoException) => {
      resolve(
        error.code === 'EADDRINUSE'
          ? { kind: 'in-use' }
          : { kind: 'failed', reason: error.message },
      );
    });
    server.listen(name, () => {
      server.unref();
      const release = (): void => {
        server.close();
        for (const socket of waiting) socket.destroy();
      };
      resolve({ kind: 'taken', lock: { release } });
    });
  });
}

/** Who holds the lock, or undefined when nobody does any more. */
function ask(
  name: string,
): Promise<{ readonly processId?: number; readonly released: Promise<void> } | undefined> {
  return new Promise((resolve) => {
    const socket = connect(name);
    const released = new Promise<void>((free) => socket.on('close', () => free()));
    // A holder that is stopped accepts nobody; the kernel still lets us connect.
    const impatient = setTimeout(() => resolve({ released }), 200);
    socket.on('data', (bytes) => {
      clearTimeout(impatient);
      const processId = Number.parseInt(bytes.toString(), 10);
      resolve(Number.isInteger(processId) ? { processId, released } : { released });
    });
    socket.on('error', () => {
      clearTimeout(impatient);
      resolve(undefined);
    });
    socket.on('close', () => {
      clearTimeout(impatient);
      resolve(undefined);
    });
  });
}

/** BSD's open flag for an exclusive lock on the open file, which the kernel drops with the process. */
const exclusiveLock = 0x20;

function takeFile(folder: string): Result<Lock, LockFault> {
  try {
    const handle = openSync(
      join(folder, '.kaon-lock'),
      constants.O_RDWR | constants.O_CREAT | constants.O_NONBLOCK | exclusiveLock,
    );
    return ok({ release: () => closeSync(handle) });
  } catch (error) {
    const busy = error instanceof Error && 'code' in error && error.code === 'EAGAIN';
    const reason = error instanceof Error ? error.message : String(error);
    if (!busy) return err({ kind: 'unavailable', reason });
    return err({
      kind: 'held',
      // Nobody tells us: look again in a moment.
      released: new Promise((resolve) => setTimeout(resolve, 200)),
    });
  }
}
