/** What rustc calls the files of a crate of some type. `stem` has no `lib` and no ending. */
export function crateFileName(type: string, stem: string, triple: string): string {
  const isWasm = triple.startsWith('wasm');
  const isWindows = triple.includes('-windows-');
  const isUefi = triple.endsWith('-uefi');
  switch (type) {
    case 'lib':
    case 'rlib':
      return `lib${stem}.rlib`;
    case 'staticlib':
      return triple.endsWith('-msvc') ? `${stem}.lib` : `lib${stem}.a`;
    case 'bin':
      if (isWasm) return `${stem}${triple.endsWith('-emscripten') ? '.js' : '.wasm'}`;
      if (isUefi) return `${stem}.efi`;
      return isWindows ? `${stem}.exe` : stem;
    default:
      if (isWasm) return `${stem}.wasm`;
      if (isWindows || isUefi) return `${stem}.dll`;
      return `lib${stem}${triple.includes('-apple-') ? '.dylib' : '.so'}`;
  }
}
