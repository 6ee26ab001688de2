import type { Toolchain } from '../model/toolchain.ts';
import { clang } from './clang/clang.ts';
import { csharp } from './csharp/csharp.ts';
import { cython } from './cython/cython.ts';
import { dmd, ldc } from './d/dmd-like.ts';
import { gdc } from './d/gdc.ts';
import { emscripten } from './emscripten/emscripten.ts';
import { classicFlang, flang } from './fortran/flang.ts';
import { gfortran } from './fortran/gfortran.ts';
import { gnu } from './gnu/gnu.ts';
import { java } from './java/java.ts';
import { nasm } from './nasm/nasm.ts';
import type { Family } from './rules.ts';
import { rustc } from './rustc/rustc.ts';
import { vala } from './vala/vala.ts';

/** Which folder makes the rules of a compiler, by language and id, by its id, or by its language where ids do not tell. A new language is one folder and one line here. */
const families: Readonly<Record<string, (toolchain: Toolchain) => Family>> = {
  gcc: gnu,
  clang,
  emscripten,
  rustc,
  'clippy-driver rustc': rustc,
  nasm,
  yasm: nasm,
  java,
  'fortran gcc': gfortran,
  'llvm-flang': flang,
  flang: classicFlang,
  'd gcc': gdc,
  'd llvm': ldc,
  'd dmd': dmd,
  cs: csharp,
  valac: vala,
  cython,
};

/** Who makes the rules of a toolchain; undefined for compilers that kaon only knows by name. */
export function familyMaker({
  language,
  id,
}: Toolchain): ((toolchain: Toolchain) => Family) | undefined {
  return families[`${language} ${id}`] ?? families[id] ?? families[language];
}
