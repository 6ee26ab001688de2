/** The signals by number from 1, as Linux has them. */
const signals =
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS'
    .split(' ')
    .map((name) => `SIG${name}`);

/** `SIGSEGV` for 11. */
export function signalName(number: number): string | undefined {
  return signals[number - 1];
}

/** 11 for `SIGSEGV`; 0 for what is no signal. */
export function signalNumber(name: string): number {
  return signals.indexOf(name) + 1;
}
