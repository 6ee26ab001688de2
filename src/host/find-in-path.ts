import type { Files, System } from './host.ts';

/** The first file of that name in PATH that we may execute; a name with `/` is taken as it is. */
export function findInPath(
  {
    files,
    system,
  }: { readonly files: Pick<Files, 'stat'>; readonly system: Pick<System, 'environment'> },
  name: string,
): string | undefined {
  const executable = (path: string): boolean => {
    const stat = files.stat(path);
    return stat?.kind === 'file' && (stat.mode & 0o111) !== 0 && stat.isForOthers !== true;
  };
  if (name.includes('/')) return executable(name) ? name : undefined;
  return (system.environment['PATH'] ?? '')
    .split(':')
    .map((folder) => `${folder === '' ? '.' : folder}/${name}`)
    .find(executable);
}
