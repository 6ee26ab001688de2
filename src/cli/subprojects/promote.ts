import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import type { Files, Host } from '../../host/host.ts';
import type { Subprojects } from './open-subprojects.ts';

/** Copies a subproject, or its wrap file, from below another subproject to the main project. */
export function promote(
  { files, system }: Host,
  { folder }: Subprojects,
  wanted: string,
): Result<void, string> {
  const nested = nestedIn(files, folder);
  const asPath = posix.resolve(system.workingDirectory, wanted);
  const byPath = nested.filter((path) => path === asPath);
  const named = nested.filter((path) => posix.basename(path, '.wrap') === wanted);
  const [found, ...others] = byPath.length > 0 ? byPath : named;
  if (found === undefined) return err(`Subproject ${wanted} not found in directory tree.`);
  if (others.length > 0) {
    const list = [found, ...others].map((path) => posix.relative(system.workingDirectory, path));
    const why = 'Please specify which one to promote:';
    return err(`There is more than one version of ${wanted} in tree. ${why}\n\n${list.join('\n')}`);
  }
  const target = posix.join(folder, posix.basename(found));
  if (files.exists(target)) return err(`Output dir ${target} already exists. Will not overwrite.`);
  return copy(files, found, target);
}

/** Subprojects and wrap files below the subprojects of a folder, at any depth. */
function nestedIn(files: Files, folder: string): readonly string[] {
  return entries(files, folder).flatMap((path) => {
    const inner = posix.join(path, 'subprojects');
    if (!files.isDirectory(inner)) return [];
    const own = entries(files, inner).filter(
      (each) => each.endsWith('.wrap') || files.isDirectory(each),
    );
    return [...own, ...nestedIn(files, inner)];
  });
}

function entries(files: Files, folder: string): readonly string[] {
  const listed = files.list(folder);
  const names = listed.ok ? listed.value : [];
  return names
    .filter((name) => name !== 'packagecache' && name !== 'packagefiles')
    .map((name) => posix.join(folder, name));
}

/** Without the subprojects inside. */
function copy(files: Files, from: string, to: string): Result<void, string> {
  if (!files.isDirectory(from)) {
    const done = files.copy(from, to);
    return done.ok ? ok(undefined) : err(done.error.reason);
  }
  const made = files.makeDirectory(to);
  const listed = files.list(from);
  if (!made.ok || !listed.ok) return err(`${from} cannot be copied`);
  for (const name of listed.value) {
    if (name === 'subprojects') continue;
    const done = copy(files, posix.join(from, name), posix.join(to, name));
    if (!done.ok) return done;
  }
  return ok(undefined);
}
