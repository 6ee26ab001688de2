import { fstatSync, readSync } from 'node:fs';

/** In bytes. More than that nobody reads, and no text holds: its end tells most. */
export const mostOutput = 1 << 28;

/** What a process wrote. */
export interface Captured {
  readonly text: string;
  /** Whether its beginning is left out. */
  readonly isCut: boolean;
}

/** What a command wrote to a file. */
export function readOutput(descriptor: number): Captured {
  const { size } = fstatSync(descriptor);
  const bytes = Buffer.allocUnsafe(Math.min(size, mostOutput));
  const from = size - bytes.length;
  let at = 0;
  while (at < bytes.length) {
    const count = readSync(descriptor, bytes, at, bytes.length - at, from + at);
    if (count === 0) break;
    at += count;
  }
  return { text: bytes.toString('utf8', 0, at), isCut: from > 0 };
}
