import { mesonVersion } from '../base/meson-version.ts';
import { isMeson } from './in-mesons-place.ts';
import { outermost } from './outermost.ts';
import { heedWriteErrors } from './terminal/write-errors.ts';
import { kaonVersion } from './version.ts';

/** All the rest of kaon is loaded behind this, so that the version is told at once. */
async function main(words: readonly string[]): Promise<number> {
  if (words[0] === '--version' || words[0] === '-V') {
    heedWriteErrors(process);
    process.stdout.write(`${isMeson(process.env) ? mesonVersion : kaonVersion}\n`);
    return 0;
  }
  const { runCommandLine } = await import('./words/command-line.ts');
  return runCommandLine(words);
}

// The launcher saw that little changed, but the short way was none.
const words = process.argv.slice(process.argv[2] === '@look' ? 4 : 2);
outermost(main(words));
