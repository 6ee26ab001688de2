import type { Host } from './host.ts';

/** The first executable file of that name in PATH; a name with `/` is taken as it is. */
export function findInPath(
  { files, system }: Pick<Host, 'files' | 'system'>,
  name: string,
): string | undefined {
  const executable = (path: string): boolean => {
    const stat = files.stat(path);
    return stat?.kind === 'file' && (stat.mode & 0o111) !== 0;
  };
  if (name.includes('/')) return executable(name) ? name : undefined;
  return (system.environment['PATH'] ?? '')
    .split(':')
    .map((folder) => `${folder === '' ? '.' : folder}/${name}`)
    .find(executable);
}
