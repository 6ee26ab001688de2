import { posix } from 'node:path';
import { parseCommandLine } from '../../store/setup/cmd-line-file.ts';
import { findScanBuild } from '../clang-tools/find-scan-build.ts';
import { exitCodes, type Session } from '../session.ts';
import { refuse } from '../terminal/refuse.ts';

/**
 * `scan-build SOURCE SUBPROJECTS BUILD`: sets the project up anew with clang's analyzer around its
 * compilers, and builds it there. The reports lie in `meson-logs/scanbuild`.
 */
export async function scanBuild(session: Session, words: readonly string[]): Promise<number> {
  const [sourceRoot = '', subprojects = '', buildRoot = ''] = words;
  const { host, self } = session;
  const { files } = host;
  const scanner = findScanBuild(host);
  if (scanner === undefined) return refuse(session, 'Could not find scan-build');
  const logs = `${buildRoot}/meson-logs/scanbuild`;
  const scratch = `${buildRoot}/meson-private/scan-build`;
  files.remove(logs);
  files.remove(scratch);
  const text = files.readText(`${buildRoot}/meson-private/cmd_line.txt`);
  const record = parseCommandLine(text.ok ? text.value : '');
  const absolute = (path: string): string => posix.resolve(buildRoot, path);
  const setup = [
    ...[...self, 'setup'],
    ...[...record.options].map(([name, value]) => `-D${name}=${value}`),
    ...record.crossFiles.map((path) => `--cross-file=${absolute(path)}`),
    ...record.nativeFiles.map((path) => `--native-file=${absolute(path)}`),
    // A result of the cache has no report beside it.
    '-Dkaon.cache=off',
    ...[sourceRoot, scratch],
  ];
  const build = ['--exclude', subprojects, '-o', logs, ...self, 'compile', '-C', scratch];
  for (const rest of [setup, build]) {
    const code = await inTerminal(session, [...scanner, ...rest]);
    // What was built stays, to be looked at.
    if (code !== exitCodes.ok) return code;
  }
  files.remove(scratch);
  return exitCodes.ok;
}

async function inTerminal({ host }: Session, argv: readonly string[]): Promise<number> {
  const { ended } = await host.processes.spawn({
    argv,
    workingDirectory: host.system.workingDirectory,
    environment: host.system.environment,
    terminal: true,
  }).done;
  return ended.kind === 'exited' ? ended.code : exitCodes.failed;
}
