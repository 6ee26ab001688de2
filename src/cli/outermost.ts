import { isMeson } from './in-mesons-place.ts';
import { exitCodes } from './session.ts';
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
      const lost = lostFolder(error);
      if (lost !== undefined) {
        process.stderr.write(`kaon: the current directory ${lost}\n`);
        process.exit(isMeson(process.env) ? exitCodes.failed : exitCodes.wrong);
      }
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

/** Why the system names no working directory, without which no command can work. */
function lostFolder(error: unknown): string | undefined {
  if (!(error instanceof Error && 'syscall' in error && error.syscall === 'uv_cwd'))
    return undefined;
  const isGone = 'code' in error && error.code === 'ENOENT';
  return isGone ? 'is gone: change to one that is there.' : 'may not be read.';
}
