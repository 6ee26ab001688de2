import { unreachable } from '../../base/assert.ts';
import { signalName, signalNumber } from '../../base/signals.ts';
import type { Ended } from '../../host/host.ts';

/** A process's end as one number, as Python has it: negative for the signal that killed it. */
export function returnCode(ended: Ended): number {
  switch (ended.kind) {
    case 'exited':
      return ended.code;
    case 'killed':
      return -signalNumber(ended.signal);
    case 'timed-out':
      return -signalNumber('SIGTERM');
    case 'not-started':
      return 127;
    default:
      return unreachable(ended);
  }
}

/** `exit status 1`, `killed by signal 11 SIGSEGV`. */
export function exitStatusText(code: number): string {
  if (code < 0) return `killed by signal ${-code} ${nameOf(-code)}`;
  if (code <= 128) return `exit status ${code}`;
  // A shell between us and the program tells of a signal so.
  const signal = code - 128;
  if (signal < 32) return `(exit status ${code} or signal ${signal} ${nameOf(signal)})`;
  return `(exit status ${code} or 0x${code.toString(16)})`;
}

function nameOf(signal: number): string {
  return signalName(signal) ?? 'SIGinvalid';
}
