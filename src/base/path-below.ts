/** A path without the folder that it lies below; undefined where it lies elsewhere. Both are normal and have `/`. */
export function pathBelow(folder: string, path: string): string | undefined {
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}
