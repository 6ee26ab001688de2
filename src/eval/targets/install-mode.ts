import type { InstallMode } from '../../model/install-mode.ts';
import type { Call } from '../call.ts';

/** `install_mode` as the model has it; undefined when it was not given. */
export function installModeOf(
  mode: readonly (string | boolean | number)[],
): InstallMode | undefined {
  if (mode.length === 0) return undefined;
  const [permissions, owner, group] = mode.map((part) =>
    typeof part === 'boolean' ? undefined : part,
  );
  return {
    permissions: typeof permissions === 'string' ? permissions : undefined,
    owner,
    group,
  };
}

/** The same for files, for which the sticky bit means nothing: it is taken away, and told. */
export function fileModeOf(
  call: Call,
  mode: readonly (string | boolean | number)[],
): InstallMode | undefined {
  const read = installModeOf(mode);
  const last = read?.permissions?.charAt(8);
  if (read?.permissions === undefined || (last !== 't' && last !== 'T')) return read;
  call.deprecated(
    'install_mode with the sticky bit on a file does not do anything and will be ignored since Meson 0.64.0',
  );
  return { ...read, permissions: read.permissions.slice(0, 8) + (last === 't' ? 'x' : '-') };
}
