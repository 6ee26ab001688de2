import { pythonRepr } from '../base/python-repr.ts';
import type { Host } from '../host/host.ts';
import type { InstallMode } from '../model/install-mode.ts';

export interface SetMode {
  readonly host: Host;
  readonly umask: number | 'preserve';
  /** What could not be done is told and passed over. */
  readonly print: (line: string) => void;
}

/** Gives an installed file or folder its owner and permissions; without wishes, those of the umask. */
export function setMode(path: string, mode: InstallMode | undefined, how: SetMode): void {
  if (mode?.owner !== undefined || mode?.group !== undefined) setOwner(path, mode, how);
  // After the owner, which would wipe the setuid bits.
  if (mode?.permissions === undefined) {
    sanitizePermissions(path, how);
  } else if (how.host.files.lstat(path)?.kind !== 'symlink') {
    const set = how.host.files.setMode(path, permissionBits(mode.permissions));
    if (!set.ok) {
      const wanted = pythonRepr(mode.permissions);
      how.print(unable(path, `permissions ${wanted}`, set.error.reason));
    }
  }
}

/** Everybody may read (and enter or run what can be), less what the umask takes away. */
export function sanitizePermissions(path: string, { host, umask, print }: SetMode): void {
  const stat = host.files.lstat(path);
  if (umask === 'preserve' || stat === undefined || stat.kind === 'symlink') return;
  const bits = ((stat.mode & 0o111) === 0 ? 0o666 : 0o777) & ~umask;
  if (bits === stat.mode) return;
  const set = host.files.setMode(path, bits);
  if (!set.ok) print(unable(path, `permissions ${bits}`, set.error.reason));
}

/** `rwsr-xr-x` as a number. */
export function permissionBits(text: string): number {
  let bits = 0;
  for (const [index, char] of [...text].entries()) {
    const bit = 1 << (8 - index);
    const special = 0o4000 >> Math.floor(index / 3);
    if ('rwxst'.includes(char)) bits |= bit;
    if ('sStT'.includes(char)) bits |= special;
  }
  return bits;
}

function setOwner(path: string, { owner, group }: InstallMode, { host, print }: SetMode): void {
  const who = `${owner ?? ''}${group === undefined ? '' : `:${group}`}`;
  const done = host.processes.run({
    argv: ['chown', '-h', who, path],
    workingDirectory: host.system.workingDirectory,
    environment: host.system.environment,
  });
  if (done.ended.kind === 'exited' && done.ended.code === 0) return;
  const named = `owner ${shown(owner)} and group ${shown(group)}`;
  print(unable(path, named, done.stderr.trim().replace(/^.*: /, '') || 'chown failed'));
}

function shown(name: string | number | undefined): string {
  if (name === undefined) return 'None';
  return typeof name === 'number' ? String(name) : pythonRepr(name);
}

function unable(path: string, what: string, reason: string): string {
  return `${pythonRepr(path)}: Unable to set ${what}: ${reason}, ignoring...`;
}
