/** What text is written to. */
export interface WrittenTo {
  write(text: string): unknown;
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
}

interface Streams {
  readonly stdout: WrittenTo;
  readonly stderr: Pick<WrittenTo, 'write'>;
  readonly exit: (code: number) => void;
}

/** The number of SIGPIPE, which other programs are ended by. */
const brokenPipe = 13;

/** Ends kaon where nothing can be said any more: that is no success. */
export function heedWriteErrors({ stdout, stderr, exit }: Streams): void {
  stdout.on('error', (error) => {
    // A reader that has seen enough (`kaon test | head`) is no reason to complain, but no success either.
    if (error.code === 'EPIPE') return exit(128 + brokenPipe);
    stderr.write(`kaon: what it says cannot be written: ${error.message}\n`);
    exit(1);
  });
}
