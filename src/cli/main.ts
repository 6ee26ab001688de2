import { mesonVersion } from '../base/meson-version.ts';
import { isMeson } from './in-mesons-place.ts';
import { kaonVersion } from './version.ts';

/**
 * The outermost frame: the only place that catches what we got wrong. All the rest of kaon is loaded
 * behind it, so that the version is told at once.
 */
async function main(words: readonly string[]): Promise<number> {
  if (words[0] === '--version' || words[0] === '-V') {
    process.stdout.write(`${isMeson(process.env) ? mesonVersion : kaonVersion}\n`);
    return 0;
  }
  const { runCommandLine } = await import('./command-line.ts');
  return runCommandLine(words);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
    // What a command left running (a download, a watcher) does not keep us.
    process.stdout.write('', () => process.exit(code));
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
