import type { Ended } from '../host/host.ts';

/** The signals that end a process, by number from 1, as Linux has them. */
const signals =
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS'
    .split(' ')
    .map((name) => `SIG${name}`);

/** A process's end as one number, as Python has it: negative for the signal that killed it. */
export function returnCode(ended: Ended): number {
  switch (ended.kind) {
    case 'exited':
      return ended.code;
    case 'killed':
      return -(signals.indexOf(ended.signal) + 1);
    case 'timed-out':
      return -(signals.indexOf('SIGTERM') + 1);
    case 'not-started':
      return 127;
  }
}

/** `exit status 1`, `killed by signal 11 SIGSEGV`. */
export function exitStatusText(code: number): string {
  if (code < 0) return `killed by signal ${-code} ${signalName(-code)}`;
  if (code <= 128) return `exit status ${code}`;
  // A shell between us and the program tells of a signal so.
  const signal = code - 128;
  if (signal < 32) return `(exit status ${code} or signal ${signal} ${signalName(signal)})`;
  return `(exit status ${code} or 0x${code.toString(16)})`;
}

function signalName(number: number): string {
  return signals[number - 1] ?? 'SIGinvalid';
}
