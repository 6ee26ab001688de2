import { posix } from 'node:path';
import { pathBelow } from '../base/path-below.ts';

/** How paths of the graph are found from where kaon runs, and how those of tools become paths of the graph. */
export interface BuildPlace {
  /** The build directory, absolute. */
  readonly buildDirectory: string;
}

/** The path as the host knows it. */
export function hostPath({ buildDirectory }: BuildPlace, path: string): string {
  return path.startsWith('/') ? path : `${buildDirectory}/${path}`;
}

/** A path that a tool wrote, which ran in `folder`, as the graph would spell it. */
export function graphPath({ buildDirectory }: BuildPlace, path: string, folder?: string): string {
  const whole = folder === undefined || path.startsWith('/') ? path : `${folder}/${path}`;
  const normal = posix.normalize(whole);
  if (normal === buildDirectory) return '.';
  return pathBelow(buildDirectory, normal) ?? normal;
}
