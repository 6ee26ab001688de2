import { posix } from 'node:path';
import { versionMatches } from '../../base/version.ts';
import { findInPath } from '../../host/find-in-path.ts';
import type { Finished } from '../../host/host.ts';
import { exitCode } from '../ask.ts';
import type { DependencyContext } from '../context.ts';

/** DUB, and what its version lets it do. */
export interface Dub {
  readonly path: string;
  readonly version: string;
  /** Libraries that it built lie in a folder of the package. */
  readonly keepsInPackage: boolean;
  /** It tells where such a library is, and builds a package with all it needs. */
  readonly tellsArtifacts: boolean;
}

/** Looks for DUB once, and tells people. */
export function findDub(context: DependencyContext): Dub | undefined {
  const { memory } = context;
  if (!memory.tools.has('dub')) memory.tools.set('dub', lookForDub(context));
  const known = memory.tools.get('dub');
  return (
    known && {
      path: known.command[0] ?? 'dub',
      version: known.version,
      keepsInPackage: versionMatches(known.version, '<=1.31.1'),
      tellsArtifacts: versionMatches(known.version, '>=1.35.0'),
    }
  );
}

function lookForDub(context: DependencyContext) {
  const { host, log, warn } = context;
  const path = findInPath(host, 'dub');
  const told = path === undefined ? undefined : runDub(context, path, ['--version']);
  const version = /DUB version (\d+\.\d+\.\d+.*), /.exec(told?.stdout ?? '')?.[1];
  if (path !== undefined && version !== undefined) {
    log(`Found DUB: ${path} (version ${version})`);
    return { command: [path], version };
  }
  if (told !== undefined)
    warn(
      exitCode(told) === 0
        ? `Found dub ${path} but couldn't parse version in ${told.stdout.trim()}`
        : `Found dub '${path}' but couldn't run it`,
    );
  log('Found DUB: NO');
  return undefined;
}

/** What DUB says where the project lies. */
export function runDub(
  { host, sourceRoot }: Pick<DependencyContext, 'host' | 'sourceRoot'>,
  path: string,
  words: readonly string[],
): Finished {
  return host.processes.run({
    argv: [path, ...words],
    workingDirectory: sourceRoot,
    environment: host.system.environment,
  });
}

/** Where a package keeps what was built of it, a folder for each way. */
export function keptFolder(packagePath: string): string {
  return posix.join(packagePath, '.dub', 'build');
}
