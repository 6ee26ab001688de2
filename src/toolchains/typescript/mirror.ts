import { posix } from 'node:path';
import { ok, type Result } from '../../base/result.ts';
import type { FileFault, Files } from '../../host/host.ts';
import { packedFolder } from './package-lock.ts';

/** A package of TypeScript sources, and the folder of the build tree where tools see it. */
export interface Mirror {
  /** Absolute: the folder of package.json and package-lock.json. */
  readonly source: string;
  /** Absolute: links to all that lies in `source`, with a `node_modules` of its own. */
  readonly mirror: string;
  /** Absolute: what other actions made for the tool that is to run. */
  readonly generated?: readonly string[];
}

/** The folder of the mirror in which sources find what was generated for them. */
export const generatedFolder = 'generated';

/**
 * Makes the mirror show what the package's folder holds now. Tools resolve packages by walking up
 * from a file; in the mirror they find the build's own `node_modules`, and the source tree stays
 * as it is. They must be told to preserve symbolic links.
 *
 * `node_modules`, packed packages, `.git` and any folder that holds the mirror itself are left out.
 */
export function refreshMirror(
  files: Files,
  { source, mirror, generated = [] }: Mirror,
): Result<void, FileFault> {
  const made = files.makeDirectory(mirror);
  if (!made.ok) return made;
  const wanted = files.list(source);
  if (!wanted.ok) return wanted;
  const present = files.list(mirror);
  if (!present.ok) return present;
  const shown = new Set(wanted.value.filter((name) => belongs(name, { source, mirror })));
  for (const name of present.value) {
    const isLink = files.lstat(posix.join(mirror, name))?.kind === 'symlink';
    if (isLink && !shown.has(name)) files.remove(posix.join(mirror, name));
  }
  for (const name of shown) {
    const linked = link(files, posix.join(mirror, name), posix.join(source, name));
    if (!linked.ok) return linked;
  }
  if (generated.length === 0) return ok(undefined);
  const folder = posix.join(mirror, generatedFolder);
  const beside = files.makeDirectory(folder);
  if (!beside.ok) return beside;
  for (const path of generated) {
    const linked = link(files, posix.join(folder, posix.basename(path)), path);
    if (!linked.ok) return linked;
  }
  return ok(undefined);
}

function link(files: Files, path: string, target: string): Result<void, FileFault> {
  if (leadsTo(files, path, target)) return ok(undefined);
  if (files.lstat(path) !== undefined) files.remove(path);
  const linked = files.symlink(target, path);
  // Another tool of the same packages may have been faster.
  return linked.ok || leadsTo(files, path, target) ? ok(undefined) : linked;
}

function leadsTo(files: Files, path: string, target: string): boolean {
  const link = files.readLink(path);
  return link.ok && link.value === target;
}

function belongs(name: string, { source, mirror }: Mirror): boolean {
  if (name === 'node_modules' || name === '.git' || name === packedFolder) return false;
  return !`${mirror}/`.startsWith(`${posix.join(source, name)}/`);
}
