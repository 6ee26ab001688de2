import { findInPath } from '../../host/find-in-path.ts';
import type { Host } from '../../host/host.ts';
import { rememberTool } from '../../host/tool-identity.ts';

/** Where libraries go by default, below the prefix: as the system lays them out. */
export function defaultLibdir(host: Host): string {
  const { files, processes, system } = host;
  if (files.isFile('/etc/debian_version')) {
    const told = tripletByName(host);
    if (told !== undefined) return `lib/${told}`;
    const argv = ['dpkg-architecture', '-qDEB_HOST_MULTIARCH'];
    const { ended, stdout } = processes.run({
      argv,
      // It is a script, and asks gcc: both come from packages.
      ...rememberTool(host, ['gcc'], argv),
      workingDirectory: system.workingDirectory,
      environment: system.environment,
    });
    if (ended.kind === 'exited' && ended.code === 0) return `lib/${stdout.trim()}`;
  }
  const lib64 = files.lstat('/usr/lib64');
  return lib64?.kind === 'directory' ? 'lib64' : 'lib';
}

/** GNU's names of machines that Debian's folders have as they are, but for the last. */
const triplets: Readonly<Record<string, string>> = {
  'x86_64-linux-gnu': 'x86_64-linux-gnu',
  'aarch64-linux-gnu': 'aarch64-linux-gnu',
  'arm-linux-gnueabihf': 'arm-linux-gnueabihf',
  'powerpc64le-linux-gnu': 'powerpc64le-linux-gnu',
  'riscv64-linux-gnu': 'riscv64-linux-gnu',
  's390x-linux-gnu': 's390x-linux-gnu',
  'i686-linux-gnu': 'i386-linux-gnu',
};

/**
 * What `dpkg-architecture`, a slow script, would say: it asks gcc for its machine, and Debian's gcc is
 * a link to a program with that machine in its name. Undefined where anything speaks for another answer.
 */
function tripletByName(host: Host): string | undefined {
  const { environment } = host.system;
  if (Object.keys(environment).some((name) => /^(CC$|DEB_)/.test(name))) return undefined;
  if (findInPath(host, 'dpkg-architecture') === undefined) return undefined;
  const gcc = findInPath(host, 'gcc');
  const real = gcc === undefined ? undefined : host.files.realPath(gcc);
  if (real?.ok !== true) return undefined;
  const [, triplet = ''] = /^\/usr\/bin\/([^/]+)-gcc-\d+$/.exec(real.value) ?? [];
  return Object.hasOwn(triplets, triplet) ? triplets[triplet] : undefined;
}
