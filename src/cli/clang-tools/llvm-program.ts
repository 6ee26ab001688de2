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
