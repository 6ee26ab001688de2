/** A variable that is a bar: in a path itself there is no escape for one. */
export const bar = { name: 'kaon_bar', use: '${kaon_bar}' } as const;

/** A path as it stands in a `build` statement. */
export function escapePath(path: string): string {
  if (!/[$ :|\n]/.test(path)) return path;
  return path
    .replace(/[$ :]/g, '$$$&')
    .replaceAll('|', () => bar.use)
    .replaceAll('\n', '$^');
}

/** A text behind `=`. Line ends in it are for ninja 1.14 and later. */
export function escapeText(text: string): string {
  return text.replaceAll('$', '$$$$').replaceAll('\n', '$^');
}

/** A command for a shell without line ends, which older ninjas cannot be told. */
export function onOneLine(command: string): string {
  if (!command.includes('\n')) return command;
  const format = command
    .replaceAll(/[%\\]/g, '$&$&')
    .replaceAll('\n', '\\n')
    .replaceAll("'", `'"'"'`);
  return `eval "$(printf '${format}')"`;
}
