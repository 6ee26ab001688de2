import { dirname, resolve } from 'node:path/posix';
import { makeRule } from '../../base/make-rule.ts';
import { quoteWord } from '../../base/shell-words.ts';
import { parseMakeDepfile } from '../../exec/inputs/make-depfile.ts';
import type { Files } from '../../host/host.ts';
import { exitCodes, type Session } from '../session.ts';

const separator = ';;;';

/**
 * `cmake-command [--depfile FROM FOLDER TO] DIRECTORY OUTPUT… ;;; ORIGINAL… [;;; COMMAND…]…`: runs the
 * commands of a custom target of CMake's, one after the other, in the folder CMake would run them in;
 * what they make there becomes the outputs. A target that makes no file gets an empty one, to say that
 * it ran. A depfile is written anew, with whole paths.
 */
export function cmakeCommand(session: Session, words: readonly string[]): number {
  if (words[0] === '--depfile') {
    const [, from = '', folder = '', to = '', ...rest] = words;
    const code = cmakeCommand(session, rest);
    return code === 0 ? rewriteDepfile(session, { from, folder, to }) : code;
  }
  const [directory = '', ...rest] = words;
  const [outputs = [], originals = [], ...commands] = partsOf(rest);
  const { files, system } = session.host;
  files.makeDirectory(directory);
  for (const original of originals) files.makeDirectory(dirname(original));
  for (const command of commands) {
    const code = command.length === 0 ? 0 : runCommand(session, directory, command);
    if (code !== 0) return code;
  }
  for (const [at, output] of outputs.entries()) {
    const path = resolve(system.workingDirectory, output);
    const original = originals[at];
    const why =
      original === undefined ? touched(files, path) : copied(files, resolve(original), path);
    if (why === undefined) continue;
    session.terminal.printError(why);
    return exitCodes.failed;
  }
  return exitCodes.ok;
}

function partsOf(words: readonly string[]): readonly (readonly string[])[] {
  const parts: string[][] = [[]];
  for (const word of words) {
    if (word === separator) parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts;
}

/** What a shell makes of a command: CMake's generators leave these to it. */
const shellWords = new Set(['>', '>>', '<', '|', '||', '&&', '2>', '2>&1', '>&2', '1>&2']);

function runCommand(
  { host, terminal }: Session,
  directory: string,
  command: readonly string[],
): number {
  // Quotes that a CMakeLists.txt left in its words would be gone after CMake's shell.
  const clean = command.map((word) => word.replaceAll('"', ''));
  const isShell = clean.some((word) => shellWords.has(word) || bothStreams(word));
  const { ended, stdout, stderr } = host.processes.run({
    argv: isShell ? ['/bin/sh', '-c', shellLine(clean)] : clean,
    workingDirectory: directory,
    environment: host.system.environment,
  });
  if (stdout !== '') terminal.write(stdout);
  if (stderr !== '') terminal.printError(stderr.trimEnd());
  if (ended.kind === 'exited') return ended.code;
  if (ended.kind === 'not-started')
    terminal.printError(`${clean[0] ?? ''} cannot be started: ${ended.reason}`);
  return exitCodes.failed;
}

/** `&> file`: both streams, in a way that any shell knows. */
function bothStreams(word: string): boolean {
  return word === '&>' || word === '&>>';
}

function shellLine(words: readonly string[]): string {
  const line: string[] = [];
  for (const [at, word] of words.entries()) {
    if (bothStreams(words[at - 1] ?? '')) line.push(quoteWord(word), '2>&1');
    else if (bothStreams(word)) line.push(word.slice(1));
    else line.push(shellWords.has(word) ? word : quoteWord(word));
  }
  return line.join(' ');
}

/** Paths in it count from the folder of CMake's project; here they count from elsewhere. */
function rewriteDepfile(
  { host: { files, system }, terminal }: Session,
  { from, folder, to }: { readonly from: string; readonly folder: string; readonly to: string },
): number {
  const text = files.readText(from);
  const found = parseMakeDepfile(text.ok ? text.value : '');
  if (found === undefined) {
    terminal.printError(`${from}: expected ':'`);
    return exitCodes.failed;
  }
  const paths = found.paths.map((path) => resolve(folder, path));
  const written = files.write(resolve(system.workingDirectory, to), makeRule('made', paths));
  if (written.ok) return exitCodes.ok;
  terminal.printError(`${to}: ${written.error.reason}`);
  return exitCodes.failed;
}

function touched(files: Files, path: string): string | undefined {
  if (files.exists(path)) return undefined;
  files.makeDirectory(dirname(path));
  const written = files.write(path, '');
  return written.ok ? undefined : `${path}: ${written.error.reason}`;
}

function copied(files: Files, from: string, to: string): string | undefined {
  if (from === to) return undefined;
  if (!files.exists(from))
    return `The commands did not make ${from}, which CMake was told they would.`;
  files.makeDirectory(dirname(to));
  const done = files.copy(from, to);
  return done.ok ? undefined : `${to}: ${done.error.reason}`;
}
