/** CMake's names of languages, by Meson's. */
export const cmakeLanguages: Readonly<Record<string, string>> = {
  c: 'C',
  cpp: 'CXX',
  cuda: 'CUDA',
  objc: 'OBJC',
  objcpp: 'OBJCXX',
  nasm: 'ASM_NASM',
  cs: 'CSharp',
  java: 'Java',
  fortran: 'Fortran',
  swift: 'Swift',
};

const byCmakeName: ReadonlyMap<string, string> = new Map(
  Object.entries(cmakeLanguages).map(([language, name]) => [name.toLowerCase(), language]),
);

/** Meson's name of one of CMake's languages; its assemblers are run by the C compiler. */
export function languageOf(cmakeName: string): string {
  return byCmakeName.get(cmakeName.toLowerCase()) ?? 'c';
}

/** The suffix of a path, without its dot; empty when it has none. */
export function suffixOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const at = name.lastIndexOf('.');
  return at <= 0 ? '' : name.slice(at + 1);
}
