import { createHash } from 'node:crypto';
import { isAbsolute, join, relative } from 'node:path/posix';
import { pathBelow } from '../../base/path-below.ts';
import type { BuildTarget } from '../../model/target.ts';
import { inSource, type Paths, privateDir } from '../paths.ts';

/** A source to compile, as commands name it. Built ones come from an action or from configuring. */
export interface SourceFile {
  readonly path: string;
  readonly built: boolean;
}

/** The object of a source: `app.p/dir_main.c.o`, the same name that Meson gives it. */
export function objectPath(
  paths: Paths,
  target: BuildTarget,
  { source, suffix }: { readonly source: SourceFile; readonly suffix: string },
): string {
  return join(privateDir(target), `${flatName(sourceName(paths, target, source))}.${suffix}`);
}

function sourceName(paths: Paths, target: BuildTarget, source: SourceFile): string {
  if (source.built) return `meson-generated_${relative(privateDir(target), source.path)}`;
  // An absolute source is named after its whole path, unless its target lies as far away.
  if (isAbsolute(source.path) && !isAbsolute(target.subdir)) return source.path;
  const folder = inSource(paths, target.subdir);
  // Most lie in the target's folder or below.
  const below = pathBelow(folder, source.path);
  if (below !== undefined) return below;
  return relative(
    join(paths.buildRoot, folder),
    isAbsolute(source.path) ? source.path : join(paths.buildRoot, source.path),
  );
}

/** A path as one file name; long ones begin with a hash instead. */
function flatName(path: string): string {
  const parts = path.split('/');
  const tail = parts.slice(-5).join('/');
  if (parts.length > 5 && path.length > tail.length + 41) {
    const hash = createHash('sha1').update(path, 'utf8').digest('hex');
    return `${hash}_${flat(tail)}`;
  }
  return flat(path);
}

function flat(path: string): string {
  return path.replace(/[/\\:]/g, '_');
}
