import { splitWords } from '../../base/shell-words.ts';
import { findInPath } from '../../host/find-in-path.ts';
import type { Host } from '../../host/host.ts';
import { llvmProgram } from './llvm-program.ts';

/** What analyses a build: the command in `SCANBUILD`, or clang's. */
export function findScanBuild(host: Pick<Host, 'files' | 'system'>): readonly string[] | undefined {
  const asked = host.system.environment['SCANBUILD'];
  if (asked === undefined) {
    const found = llvmProgram(host, 'scan-build');
    return found === undefined ? undefined : [found];
  }
  const [name = '', ...words] = splitWords(asked) ?? [];
  const found = findInPath(host, name);
  return found === undefined ? undefined : [found, ...words];
}
