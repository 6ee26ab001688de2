/** What rustc calls the files of a crate of some type. `stem` has no `lib` and no ending. */
export function crateFileName(type: string, stem: string, triple: string): string {
  const isWindows = triple.includes('-windows-');
  switch (type) {
    case 'lib':
    case 'rlib':
      return `lib${stem}.rlib`;
    case 'staticlib':
      return isWindows ? `${stem}.lib` : `lib${stem}.a`;
    case 'bin':
      return isWindows ? `${stem}.exe` : stem;
    default:
      if (isWindows) return `${stem}.dll`;
      return `lib${stem}${triple.includes('-apple-') ? '.dylib' : '.so'}`;
  }
}
