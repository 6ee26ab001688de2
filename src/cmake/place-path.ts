import { posix } from 'node:path';
import { pathBelow } from '../base/path-below.ts';
import type { Files } from '../host/host.ts';
import { realPath } from '../host/real-path.ts';

/** Where a CMake subproject lies, and what it may look at. All absolute. */
export interface ProjectPlaces {
  readonly files: Files;
  readonly sourceRoot: string;
  readonly buildRoot: string;
  /** The subproject's folder. */
  readonly projectDir: string;
  /** The same in the build tree; CMake's own build folder lies in it. */
  readonly projectBuildDir: string;
  readonly warn: (message: string) => void;
}

/**
 * A path as the subproject's build file writes it: relative to its folder, absolute outside of it.
 * Undefined for what is not to be used: what is missing, and what belongs to the project around.
 */
export function placedPath(
  path: string,
  places: ProjectPlaces,
  { isInclude = false, isGenerated = false } = {},
): string | undefined {
  const { files, sourceRoot, buildRoot, projectDir, projectBuildDir, warn } = places;
  const absolute = posix.resolve(projectDir, path);
  const inside = (folder: string): string | undefined => pathInside(files, folder, absolute);
  const inBuild = inside(buildRoot);
  if (!files.exists(absolute) && !/\.(o|obj|res)$/.test(absolute) && !isGenerated) {
    if (inBuild === undefined) {
      warn(`CMake: path ${absolute} does not exist.`);
      warn(' --> Ignoring. This can lead to build errors.');
      return undefined;
    }
    // Something will be generated there.
    files.makeDirectory(absolute);
  }
  const own = inside(projectDir);
  if (own === undefined && inBuild === undefined && inside(sourceRoot) !== undefined) {
    warn(`CMake: path ${absolute} is inside the root project but not inside the subproject.`);
    warn(' --> Ignoring. This can lead to build errors.');
    return undefined;
  }
  // Include folders are looked for in both trees, so those of the build tree may be relative.
  if (isInclude && inBuild !== undefined) return posix.relative(projectBuildDir, absolute) || '.';
  return own ?? absolute;
}

/** The path below a folder, `.` for the folder itself; undefined outside. Either may be named through links. */
export function pathInside(
  files: Pick<Files, 'realPath'>,
  folder: string,
  path: string,
): string | undefined {
  const real = (one: string): string => realPath(files, one);
  for (const [root, inner] of [
    [folder, path],
    [real(folder), path],
    [real(folder), real(path)],
  ] as const) {
    if (inner === root) return '.';
    const below = pathBelow(root, inner);
    if (below !== undefined) return below;
  }
  return undefined;
}
