import { findInPath } from './find-in-path.ts';
import type { Host } from './host.ts';

/** Names the Python that runs scripts, where it shall not be the first in PATH. */
export const pythonVariable = 'KAON_PYTHON';

/** The Python 3 that runs scripts and that projects find: the one kaon was told of, else that of PATH. */
export function findPython3(host: Pick<Host, 'files' | 'system'>): string | undefined {
  const told = host.system.environment[pythonVariable] ?? '';
  return (
    findInPath(host, told === '' ? 'python3' : told) ??
    findInPath(host, 'python3') ??
    findInPath(host, 'python')
  );
}

/** The same world, in which scripts are run by another Python. */
export function withPython(host: Host, python: string | undefined): Host {
  if (python === undefined) return host;
  const environment = { ...host.system.environment, [pythonVariable]: python };
  return { ...host, system: { ...host.system, environment } };
}
