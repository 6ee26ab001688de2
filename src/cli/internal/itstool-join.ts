import { basename, dirname, join } from 'node:path/posix';
import { exitCodes, type Session } from '../session.ts';

/**
 * `itstool-join COUNT CATALOGUE… COMMAND…`: runs itstool on catalogues copied to names it can read
 * languages off: `de/LC_MESSAGES/x.mo` is given as `de.mo`.
 */
export function itstoolJoin({ host, terminal }: Session, words: readonly string[]): number {
  const { files, processes, system } = host;
  const count = Number(words[0]);
  const catalogues = words.slice(1, count + 1);
  const folder = join(system.workingDirectory, `meson-private/itstool-${system.processId}`);
  const copies = catalogues.map((path) => join(folder, `${basename(dirname(dirname(path)))}.mo`));
  if (copies.length === 0) {
    terminal.printError('No mo files specified to use for translation.');
    return exitCodes.failed;
  }
  files.makeDirectory(folder);
  try {
    for (const [at, path] of catalogues.entries()) {
      const copied = files.copy(path, copies[at] ?? '');
      if (copied.ok) continue;
      terminal.printError(`kaon: ${path}: ${copied.error.reason}`);
      return exitCodes.failed;
    }
    const { ended, stdout, stderr } = processes.run({
      argv: [...words.slice(count + 1), ...copies],
      workingDirectory: system.workingDirectory,
      environment: system.environment,
    });
    if (stdout !== '') terminal.print(stdout);
    if (stderr !== '') terminal.printError(stderr);
    return ended.kind === 'exited' ? ended.code : exitCodes.failed;
  } finally {
    files.remove(folder);
  }
}
