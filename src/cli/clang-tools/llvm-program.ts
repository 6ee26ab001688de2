import { versionMatches } from '../../base/version.ts';
import { findInPath } from '../../host/find-in-path.ts';
import type { Host } from '../../host/host.ts';

const newest = 23;
const oldest = 9;

/** A program of LLVM: as it is called where there is one release, else that of the newest release there is. */
export function llvmProgram(
  host: Pick<Host, 'files' | 'system'>,
  name: string,
): string | undefined {
  for (const suffix of suffixes) {
    const found = findInPath(host, `${name}${suffix}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a program of LLVM says that it is of an older release. */
export function isOlder(
  { processes, system }: Pick<Host, 'processes' | 'system'>,
  program: string,
  release: string,
): boolean {
  const { stdout } = processes.run({
    argv: [program, '--version'],
    workingDirectory: system.workingDirectory,
    environment: system.environment,
  });
  const version = /\d+(?:\.\d+)+/.exec(stdout)?.[0] ?? '';
  return versionMatches(version, `<${release}`);
}

/** As Debian and FreeBSD put them behind the names. */
const suffixes: readonly string[] = [
  '',
  ...Array.from({ length: newest - oldest + 1 }, (_, back) => newest - back).flatMap((release) => [
    ...(release > 17 ? [`-${release}.1`, `${release}.1`] : []),
    `-${release}`,
    release < 10 ? `${release}0` : `${release}`,
  ]),
  '-devel',
];
