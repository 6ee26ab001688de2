/** What the path of a link begins with in the log. */
export const linkMark = 'link:';

/** A path of the log whose link itself counts, not what it leads to. No path of a graph begins so. */
export function asLink(path: string): string {
  return linkMark + path;
}
