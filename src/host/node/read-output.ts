import { fstatSync, readSync } from 'node:fs';

/** In bytes. More than that nobody reads, and no text holds: its end tells most. */
const mostOutput = 1 << 28;

/** What a command wrote to a file. */
export function readOutput(descriptor: number): string {
  const { size } = fstatSync(descriptor);
  const bytes = Buffer.allocUnsafe(Math.min(size, mostOutput));
  const from = size - bytes.length;
  let at = 0;
  while (at < bytes.length) {
    const count = readSync(descriptor, bytes, at, bytes.length - at, from + at);
    if (count === 0) break;
    at += count;
  }
  return bytes.toString('utf8', 0, at);
}
