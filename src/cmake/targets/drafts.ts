import type { BuildFunction, CmakeRow, CommandWord, OutputReference } from '../project.ts';
import type { CustomCommand } from '../trace/trace-facts.ts';

/** A target in the making: the passes of `translate` fill it. */
export interface BuildDraft {
  readonly kind: 'build';
  readonly row: CmakeRow;
  readonly cmakeName: string;
  readonly name: string;
  /** The file it makes, as CMake names it. */
  readonly nameOnDisk: string;
  /** CMake's kind, upper case. */
  readonly type: string;
  readonly function: BuildFunction;
  /** The target whose objects these are: it is compiled in parts. */
  partOf: CmakeRow | undefined;
  readonly artifacts: readonly string[];
  readonly isInstalled: boolean;
  installDir: string | undefined;
  linkLibraries: string[];
  linkFlags: string[];
  publicLinkFlags: string[];
  /** What users of a shared library link beside it. */
  publicLibraries: string[];
  publicNames: string[];
  readonly publicLinkWith: CmakeRow[];
  publicCompileArgs: string[];
  /** What links may name as a target. */
  linkNames: string[];
  dependNames: string[];
  depends: CmakeRow[];
  readonly languages: Set<string>;
  sources: string[];
  /** Generated files as CMake names them, then those that no custom target makes. */
  generated: string[];
  readonly generatedBy: OutputReference[];
  includes: string[];
  systemIncludes: string[];
  readonly linkWith: CmakeRow[];
  readonly objectLibraries: CmakeRow[];
  readonly compileArgs: Map<string, string[]>;
  readonly overrideOptions: string[];
  isPositionIndependent: boolean;
  version: string | undefined;
  soversion: string | undefined;
}

/** A custom target while its words are still being resolved. */
export interface CustomDraft {
  readonly kind: 'custom';
  readonly row: CmakeRow;
  readonly cmakeName: string;
  readonly name: string;
  readonly command: CustomCommand;
  /** Where CMake would have its outputs, absolute. */
  readonly originals: readonly string[];
  outputs: string[];
  readonly binaryDir: string;
  commands: CommandWord[][];
  readonly workingDirectory: string;
  /** Absolute. */
  readonly depfile: string | undefined;
  readonly inputs: (string | OutputReference)[];
  depends: CmakeRow[];
}

/** A target whose relations to others are not settled yet. */
export type Draft = BuildDraft | CustomDraft;
