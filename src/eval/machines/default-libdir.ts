import type { Host } from '../../host/host.ts';
import { rememberTool } from '../../host/tool-identity.ts';

/** Where libraries go by default, below the prefix: as the system lays them out. */
export function defaultLibdir(host: Host): string {
  const { files, processes, system } = host;
  if (files.isFile('/etc/debian_version')) {
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
