import type { Host } from '../../host/host.ts';

/** Where libraries go by default, below the prefix: as the system lays them out. */
export function defaultLibdir({ files, processes, system }: Host): string {
  if (files.isFile('/etc/debian_version')) {
    const { ended, stdout } = processes.run({
      argv: ['dpkg-architecture', '-qDEB_HOST_MULTIARCH'],
      workingDirectory: system.workingDirectory,
      environment: system.environment,
    });
    if (ended.kind === 'exited' && ended.code === 0) return `lib/${stdout.trim()}`;
  }
  const lib64 = files.lstat('/usr/lib64');
  return lib64?.kind === 'directory' ? 'lib64' : 'lib';
}
