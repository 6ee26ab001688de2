import type { Toolchain } from '../../../model/toolchain.ts';

/** Meson's name for the class of a compiler, as its messages show objects: `GnuCCompiler`. */
export function compilerClass({ id, language }: Toolchain): string {
  const lone = alone[language] ?? alone[`${language} ${id}`];
  if (lone !== undefined) return `${lone}Compiler`;
  return `${families[id] ?? ''}${languages[language] ?? language}Compiler`;
}

const families: Readonly<Record<string, string>> = {
  armclang: 'Armclang',
  clang: 'Clang',
  'clang-cl': 'ClangCl',
  dmd: 'Dmd',
  emscripten: 'Emscripten',
  gcc: 'Gnu',
  intel: 'Intel',
  'intel-llvm': 'IntelLLVM',
  llvm: 'LLVM',
  'llvm-flang': 'LlvmFlang',
  msvc: 'VisualStudio',
  nvidia_hpc: 'NvidiaHPC_',
  pgi: 'PGI',
};

const languages: Readonly<Record<string, string>> = {
  c: 'C',
  cpp: 'CPP',
  d: 'D',
  fortran: 'Fortran',
  objc: 'ObjC',
  objcpp: 'ObjCPP',
};

/** Languages whose compilers are of one class. */
const alone: Readonly<Record<string, string>> = {
  'cs csc': 'VisualStudioCs',
  'cs mono': 'Mono',
  cuda: 'Cuda',
  cython: 'Cython',
  java: 'Java',
  nasm: 'Nasm',
  rust: 'Rust',
  swift: 'Swift',
  vala: 'Vala',
};
