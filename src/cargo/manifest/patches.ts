import { posix } from 'node:path';
import { type Diagnostic, errorAt } from '../../diag/diagnostic.ts';
import type { WorkspaceManifest } from './manifest.ts';
import { isTable, placeOfKey } from './toml.ts';

/**
 * What is told of `[patch]` and `[profile]`, which Meson's workspaces do not have: a patch is fine
 * where it points at a member, which is what is built anyway.
 */
export function patchWarnings(
  { source, patch, hasProfiles }: WorkspaceManifest,
  memberPaths: ReadonlyMap<string, string>,
): Diagnostic[] {
  const warn = (key: string, message: string): Diagnostic => ({
    ...errorAt(placeOfKey(source, key), message),
    severity: 'warning',
  });
  const warnings = hasProfiles
    ? [warn('profile', '[profile] entries are not implemented yet')]
    : [];
  if (patch === undefined || (isTable(patch) && Object.keys(patch).length === 0)) return warnings;
  if (!isTable(patch)) return [...warnings, warn('patch', '[patch] format not recognized')];
  if (Object.keys(patch).join() !== 'crates-io')
    return [...warnings, warn('patch', 'Found [patch] for a registry other than crates.io')];
  const entries = isTable(patch['crates-io']) ? patch['crates-io'] : {};
  for (const [name, value] of Object.entries(entries)) {
    const path = isTable(value) ? value['path'] : undefined;
    if (typeof path !== 'string')
      warnings.push(warn(name, `Unrecognized [patch.crates-io] entry '${name}'`));
    else if (memberPaths.get(name) !== posix.normalize(path))
      warnings.push(warn(name, `[patch.crates-io] entry '${name}' is not for a dependency`));
  }
  return warnings;
}
