import { kaonVersion } from './version.ts';

/**
 * The outermost frame: the only place that catches what we got wrong. Ends this process, unless the
 * work has no number to end it with, as another goes on.
 */
export function outermost(work: Promise<number | undefined>): void {
  work.then(
    (code) => {
      if (code === undefined) return;
      process.exitCode = code;
      // What a command left running (a download, a watcher) does not keep us.
      process.stdout.write('', (error) => {
        // What could not be written is told by who listens to that, which comes after this.
        if (error instanceof Error) setImmediate(() => process.exit(code));
        else process.exit(code);
      });
    },
    (error: unknown) => {
      const what = error instanceof Error ? error.message : String(error);
      process.stderr.write(
        `kaon: internal error: ${what}\nThis is a defect of kaon ${kaonVersion}, not of your project. Set KAON_DEBUG=1 to see where.\n`,
      );
      if (process.env['KAON_DEBUG'] && error instanceof Error) {
        process.stderr.write(`${error.stack}\n`);
      }
      process.exit(70);
    },
  );
}
