import type { MachineChoice } from './machine.ts';

/** A source language, by Meson's name: `c`, `cpp`, `rust`, `objc`, `nasm`, `fortran`, `cython`, `vala`, `java`, … */
export type Language = string;

/**
 * A compiler that was detected, as plain data. What it can do (its flags, link rules, checks) is
 * behaviour of the room `toolchains`, looked up by `family`.
 */
export interface Toolchain {
  readonly language: Language;
  /** Meson's compiler id: `gcc`, `clang`, `rustc`, `nasm`, … */
  readonly id: string;
  readonly machine: MachineChoice;
  /** Program and fixed arguments, without ccache. */
  readonly command: readonly string[];
  /** ccache or sccache before it; empty when none. */
  readonly wrapper: readonly string[];
  readonly version: string;
  /** The first line of its `--version`, for logs and keys. */
  readonly fullVersion: string;
  readonly linker: Linker | undefined;
  readonly archiver: Archiver | undefined;
  /** Predefined macros (`__GNUC__` …) of C-like compilers, or rustc's cfgs and target facts; as detected. */
  readonly facts: Readonly<Record<string, string>>;
}

/** The linker that a compiler starts. Its kind decides how arguments are spelled for it. */
export interface Linker {
  /** Meson's linker id: `ld.bfd`, `ld.lld`, `ld.mold`, `ld.gold`. */
  readonly id: string;
  readonly version: string;
  /** What reaches the linker: usually the compiler's own command. */
  readonly command: readonly string[];
  /** What chose it, and so belongs on every link: `-fuse-ld=lld`. */
  readonly alwaysArgs?: readonly string[];
}

/** What makes static libraries. */
export interface Archiver {
  /** `ar`, `llvm-ar`. */
  readonly id: string;
  readonly command: readonly string[];
  /** Its own help offers `[D]`, archives without dates; `[T]`, thin ones; `@<file>`. */
  readonly deterministic?: boolean;
  readonly thin?: boolean;
  readonly responseFiles?: boolean;
}
