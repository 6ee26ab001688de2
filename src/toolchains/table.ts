import type { Toolchain } from '../model/toolchain.ts';
import { clang } from './clang/clang.ts';
import { gnu } from './gnu/gnu.ts';
import { java } from './java/java.ts';
import { nasm } from './nasm/nasm.ts';
import type { Family } from './rules.ts';
import { rustc } from './rustc/rustc.ts';

/** Which folder makes the rules of a compiler, by its id, or by its language where ids do not tell. A new language is one folder and one line here. */
export const families: Readonly<Record<string, (toolchain: Toolchain) => Family>> = {
  gcc: gnu,
  clang,
  rustc,
  nasm,
  yasm: nasm,
  java,
};
