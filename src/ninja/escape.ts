/** A path as it stands in a `build` statement. */
export function escapePath(path: string): string {
  if (!/[$ :|\n]/.test(path)) return path;
  return path.replace(/[$ :|]/g, '$$$&').replaceAll('\n', '$\n');
}

/** A text behind `=`. */
export function escapeText(text: string): string {
  return text.replaceAll('$', '$$$$').replaceAll('\n', '$^');
}
