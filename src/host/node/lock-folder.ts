import { rmSync, statSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { err, ok, type Result } from '../../base/result.ts';
import { sha256Of } from '../../base/sha256.ts';
import type { Lock, LockFault } from '../host.ts';
import { systemCode, systemReason } from './fault.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** How long the holder of a lock may take to say who it is. It may be busy, and it is for the message only. */
const introductionMs = 200;

/** How long a lock may change hands before we have it or know who does: many may want it at once. */
const patienceMs = 30_000;

/**
 * The lock is a Unix socket that this process listens on: Linux frees a name in the abstract
 * namespace however its owner ends. Others connect to it, and are let go when the lock is.
 */
export async function lockFolder(folder: string): Promise<Result<Lock, LockFault>> {
  let name: string;
  try {
    name = socketName(folder);
  } catch (error) {
    return unavailable(error);
  }
  const startedAt = performance.now();
  while (performance.now() - startedAt < patienceMs) {
    const listening = await listen(name);
    if (listening.ok) return listening;
    if (systemCode(listening.error) !== 'EADDRINUSE') return unavailable(listening.error);
    const holder = await meet(name);
    if (holder !== undefined) return err(holder);
    // Nobody is there: it was released just now, or (outside of Linux) its owner died.
    if (!name.startsWith('\0')) rmSync(name, { force: true });
    await pause(1 + Math.random() * 10);
  }
  return err({ kind: 'unavailable', reason: 'its lock changes hands all the time' });
}

export function lockName(
  folder: string,
): { readonly name: string; readonly place: string } | undefined {
  try {
    return process.platform === 'linux' ? keyOf(folder) : undefined;
  } catch {
    return undefined;
  }
}

function socketName(folder: string): string {
  const { name } = keyOf(folder);
  return process.platform === 'linux' ? `\0${name}` : join(temporaryFolder(), name);
}

function keyOf(folder: string): { readonly name: string; readonly place: string } {
  const { dev, ino } = statSync(folder, { bigint: true });
  const place = `${dev}:${ino}`;
  const key = sha256Of(place).slice(0, 32);
  return { name: `kaon-lock-${key}`, place };
}

function listen(name: string): Promise<Result<Lock, Error>> {
  const guests = new Set<Socket>();
  const server: Server = createServer((guest) => {
    guests.add(guest);
    guest.unref();
    guest.on('error', () => {});
    guest.on('close', () => guests.delete(guest));
    guest.write(`${process.pid}\n`);
  });
  const release = (): void => {
    server.close();
    for (const guest of guests) guest.destroy();
  };
  return new Promise((resolve) => {
    server.once('error', (error) => resolve(err(error)));
    server.listen(name, () => {
      server.unref();
      resolve(ok({ release }));
    });
  });
}

/** The one who holds the lock; undefined when nobody does. */
function meet(name: string): Promise<LockFault | undefined> {
  return new Promise((resolve) => {
    const socket = connect(name);
    const released = new Promise<void>((done) => socket.once('close', () => done()));
    socket.once('error', () => resolve(undefined));
    socket.once('connect', () => {
      const timer = setTimeout(() => resolve({ kind: 'held', released }), introductionMs);
      socket.once('data', (said) => {
        clearTimeout(timer);
        const processId = Number.parseInt(said.toString(), 10);
        resolve({ kind: 'held', released, ...(processId > 0 && { processId }) });
      });
    });
  });
}

function unavailable(error: unknown) {
  return err<LockFault>({ kind: 'unavailable', reason: systemReason(error) });
}
