import { capitalized } from '../base/capitalized.ts';
import type { Language } from '../model/toolchain.ts';

/** File suffixes by language, without dot. The first is the one checks write. */
export const languageSuffixes: Readonly<Record<Language, readonly string[]>> = {
  c: ['c'],
  cpp: [
    ...['cpp', 'cppm', 'cc', 'cp', 'cxx', 'c++', 'hh', 'hp', 'hpp', 'ipp', 'hxx', 'h++', 'ino'],
    ...['ixx', 'CPP', 'C', 'HPP', 'H'],
  ],
  cuda: ['cu'],
  fortran: ['f90', 'f95', 'f03', 'f08', 'f', 'for', 'ftn', 'fpp'],
  d: ['d', 'di'],
  objc: ['m'],
  objcpp: ['mm'],
  rust: ['rs'],
  vala: ['vala', 'vapi', 'gs'],
  cs: ['cs'],
  swift: ['swift'],
  java: ['java'],
  cython: ['pyx'],
  nasm: ['asm', 'nasm'],
  masm: ['masm'],
  linearasm: ['sa'],
};

/** Languages that link as C does. Earlier ones drive the link where several are mixed. */
export const cLinkLanguages: readonly Language[] = [
  ...['rust', 'd', 'cuda', 'objcpp', 'cpp', 'objc', 'c', 'nasm', 'fortran'],
];

/** Languages whose compiler links in the same step: arguments for it are none for a linker. */
export const linkedWhenCompiled: readonly Language[] = ['rust'];

/** Languages whose compiler has C's link for it: options for C's arguments are there, too. */
export const linkedByC: readonly Language[] = ['rust', 'd'];

/** Languages whose link arguments start with LDFLAGS. */
export const languagesUsingLdflags: readonly Language[] = [
  ...['objcpp', 'cpp', 'objc', 'c', 'fortran', 'd', 'cuda'],
];

export const languagesUsingCppflags: readonly Language[] = ['c', 'cpp', 'objc', 'objcpp'];

/** Which variable of the environment holds a language's compile arguments. */
export const argumentVariables: Readonly<Record<Language, string>> = {
  c: 'CFLAGS',
  cpp: 'CXXFLAGS',
  cuda: 'CUFLAGS',
  objc: 'OBJCFLAGS',
  objcpp: 'OBJCXXFLAGS',
  fortran: 'FFLAGS',
  d: 'DFLAGS',
  vala: 'VALAFLAGS',
  rust: 'RUSTFLAGS',
  cython: 'CYTHONFLAGS',
  cs: 'CSFLAGS',
};

/** Which variable of the environment names a program of a machine file's `[binaries]`. */
export const binaryVariables: Readonly<Record<string, string>> = {
  c: 'CC',
  cpp: 'CXX',
  cs: 'CSC',
  cython: 'CYTHON',
  d: 'DC',
  fortran: 'FC',
  objc: 'OBJC',
  objcpp: 'OBJCXX',
  rust: 'RUSTC',
  vala: 'VALAC',
  nasm: 'NASM',
  c_ld: 'CC_LD',
  cpp_ld: 'CXX_LD',
  d_ld: 'DC_LD',
  fortran_ld: 'FC_LD',
  objc_ld: 'OBJC_LD',
  objcpp_ld: 'OBJCXX_LD',
  rust_ld: 'RUSTC_LD',
  ar: 'AR',
  as: 'AS',
  ld: 'LD',
  nm: 'NM',
  objcopy: 'OBJCOPY',
  objdump: 'OBJDUMP',
  ranlib: 'RANLIB',
  readelf: 'READELF',
  size: 'SIZE',
  strings: 'STRINGS',
  strip: 'STRIP',
  windres: 'WINDRES',
  'pkg-config': 'PKG_CONFIG',
  cmake: 'CMAKE',
  qmake: 'QMAKE',
  make: 'MAKE',
  vapigen: 'VAPIGEN',
  'llvm-config': 'LLVM_CONFIG',
};

/** Headers are given to targets as sources, and never compiled. */
export const headerSuffixes: readonly string[] = [
  ...['h', 'hh', 'hpp', 'hxx', 'H', 'ipp', 'moc', 'vapi', 'di', 'pxd', 'pxi'],
];
export const objectSuffixes: readonly string[] = ['o', 'obj', 'res'];
export const librarySuffixes: readonly string[] = ['dll', 'dylib', 'so', 'a', 'lib', 'js'];
/** Compiled by the C-like compiler at hand. */
export const assemblerSuffixes: readonly string[] = ['s', 'S', 'sx', 'asm', 'masm'];
export const llvmIrSuffixes: readonly string[] = ['ll'];

const languageOfSuffix: ReadonlyMap<string, Language> = new Map(
  Object.entries(languageSuffixes).flatMap(([language, suffixes]) =>
    suffixes.map((suffix): [string, Language] => [suffix, language]),
  ),
);

export type SourceKind =
  | { readonly kind: 'source'; readonly language: Language }
  | { readonly kind: 'header' | 'object' | 'library' | 'assembler' | 'llvm-ir' | 'unknown' };

/** What a file is, by its name. */
export function sourceKind(filename: string): SourceKind {
  const suffix = filename.slice(filename.lastIndexOf('.') + 1);
  const known = kinds.get(suffix);
  if (known !== undefined) return known;
  const kind = kindOf(filename, suffix);
  // `.so.1` is told by more than the suffix.
  if (!/^\d/.test(suffix)) kinds.set(suffix, kind);
  return kind;
}

const kinds = new Map<string, SourceKind>();

function kindOf(filename: string, suffix: string): SourceKind {
  if (headerSuffixes.includes(suffix)) return { kind: 'header' };
  if (objectSuffixes.includes(suffix)) return { kind: 'object' };
  if (librarySuffixes.includes(suffix) || /\.so(\.\d+)?(\.\d+)?(\.\d+)?$/.test(filename))
    return { kind: 'library' };
  if (llvmIrSuffixes.includes(suffix)) return { kind: 'llvm-ir' };
  const language = languageOfSuffix.get(suffix) ?? languageOfSuffix.get(suffix.toLowerCase());
  if (language !== undefined && !(suffix in assemblerOnly)) return { kind: 'source', language };
  if (assemblerSuffixes.includes(suffix)) return { kind: 'assembler' };
  return { kind: 'unknown' };
}

/** `.S` is no other spelling of a language's suffix. */
const assemblerOnly: Readonly<Record<string, true>> = { s: true, S: true, sx: true };

/** A language as people write it. */
export function displayLanguage(language: Language): string {
  return displayNames[language] ?? capitalized(language);
}

const displayNames: Readonly<Record<Language, string>> = {
  c: 'C',
  cpp: 'C++',
  objc: 'Objective-C',
  objcpp: 'Objective-C++',
  cs: 'C sharp',
  d: 'D',
};
