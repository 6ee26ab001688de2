import type { Command } from 'commander';
import { err, ok, type Result } from '../../base/result.ts';
import { parseFormats } from '../../release/archive/formats.ts';
import type { Signing } from '../../release/sign.ts';
import { openBuild } from '../build/open-build.ts';
import { binaryDist } from '../release/binary-dist.ts';
import { type DistRequest, makeDist } from '../release/make-dist.ts';
import { defaultPlatforms } from '../release/vendor-npm.ts';
import { exitCodes, type Session } from '../session.ts';
import { refuse } from '../terminal/refuse.ts';
import { flag, number, type ParsedOptions, parseWords, text } from '../words/parse-words.ts';

/** `kaon dist [OPTIONS]` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const usage = { name: 'dist', summary: 'Make a release archive, and prove it.', define };
  const parsed = parseWords(session.terminal, usage, words);
  if (parsed.kind === 'exit') return parsed.code;
  const { options } = parsed;
  // Meson's archives hold the project alone unless they are asked for more.
  const request = distRequest({
    ...options,
    vendor: options['vendor'] ?? !session.asMeson,
  });
  if (!request.ok) {
    refuse(session, request.error);
    return exitCodes.failed;
  }
  const opened = await openBuild(session, { directory: text(options, 'C') });
  if (!opened.ok) return opened.error;
  const done = flag(options, 'binary')
    ? await binaryDist(session, opened.value, request.value)
    : await makeDist(session, opened.value.state, request.value).finally(opened.value.release);
  if (done.ok) return exitCodes.ok;
  refuse(session, done.error);
  return exitCodes.failed;
}

function define(command: Command): void {
  command.option('-C <dir>', 'The build directory');
  defineDistOptions(command);
  command.option('--binary', 'An archive of what is installed, instead of the sources');
}

/** Options that `kaon release` has as well. */
export function defineDistOptions(command: Command): void {
  command
    .option('--formats <formats>', 'Kinds of archives: xztar, gztar, bztar, zstdtar, zip', 'xztar')
    .option('--allow-dirty', 'Leave out what is not committed, instead of refusing')
    .option('--include-subprojects', 'Sources of the subprojects that are used; as --vendor does')
    .option('--vendor', 'All that the build needs: subprojects, crates, npm packages (the default)')
    .option('--no-vendor', 'Only what is in the repository')
    .option('--npm-platforms <list>', 'Systems to bring npm packages for: linux-x64, … or all')
    .option('--no-tests', 'Do not build and test the archive')
    .option('-j, --num-processes <n>', 'How many commands run at once in that build')
    .option('--sign [tool]', 'Sign by gpg or ssh')
    .option('--sign-key <key>', 'The key to sign with');
}

/** What the words ask for; an error is a sentence. */
export function distRequest(options: ParsedOptions): Result<DistRequest, string> {
  const formats = parseFormats(text(options, 'formats') ?? 'xztar');
  if (!formats.ok) return formats;
  const signing = signingOf(options);
  if (!signing.ok) return signing;
  const vendor = options['vendor'] !== false;
  return ok({
    formats: formats.value,
    allowDirty: flag(options, 'allowDirty'),
    subprojects: vendor || flag(options, 'includeSubprojects'),
    vendor,
    platforms: text(options, 'npmPlatforms')?.split(',') ?? defaultPlatforms,
    tests: options['tests'] !== false,
    jobs: number(options, 'numProcesses', 0),
    signing: signing.value,
  });
}

function signingOf(options: ParsedOptions): Result<Signing | undefined, string> {
  const given = options['sign'];
  const key = text(options, 'signKey');
  if (given === undefined) return key === undefined ? ok(undefined) : ok({ by: toolFor(key), key });
  if (given === true) return ok({ by: key === undefined ? 'gpg' : toolFor(key), key });
  if (given === 'gpg' || given === 'ssh') return ok({ by: given, key });
  return err(`--sign takes gpg or ssh, not '${String(given)}'`);
}

/** Keys of ssh are files. */
function toolFor(key: string): Signing['by'] {
  return key.includes('/') ? 'ssh' : 'gpg';
}
