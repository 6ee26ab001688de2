import type { Host } from '../host/host.ts';
import type { Machine, MachineChoice } from '../model/machine.ts';
import type { OptionValue } from '../model/option.ts';
import type { Language } from '../model/toolchain.ts';
import type { Checker } from '../toolchains/checks/probe.ts';
import type { DependencyMemory } from './memory.ts';

/** Where dependencies are looked for: one machine of one build. */
export interface DependencyContext {
  readonly host: Host;
  /** The command that starts kaon. */
  readonly self: readonly string[];
  readonly machine: MachineChoice;
  readonly machineInfo: Machine;
  /** The machine is not the one kaon runs on. */
  readonly cross: boolean;
  /** Absolute. */
  readonly sourceRoot: string;
  readonly buildRoot: string;
  /** The compiler of a language that the project has for this machine. */
  readonly checker: (language: Language) => Checker | undefined;
  /** An option of this machine: `pkg_config_path`, `prefer_static`, `cmake_prefix_path`. */
  readonly option: (name: string) => OptionValue | undefined;
  /** A program of `[binaries]` or of the environment. */
  readonly binary: (name: string) => readonly string[] | undefined;
  /** An entry of a machine file's `[properties]`. */
  readonly property: (name: string) => unknown;
  /** A machine file's `[cmake]`: variables for CMake. */
  readonly cmakeVariables: ReadonlyMap<string, readonly string[]>;
  readonly memory: DependencyMemory;
  readonly log: (line: string) => void;
  readonly warn: (message: string) => void;
}

/** What is asked for, beside the name. */
export interface DependencyRequest {
  /** Requirements: all must hold. */
  readonly version: readonly string[];
  /** Undefined leaves it to the option `prefer_static`. */
  readonly static: boolean | undefined;
  readonly method: string;
  readonly language: Language | undefined;
  readonly modules: readonly string[];
  readonly optionalModules: readonly string[];
  readonly components: readonly string[];
  /** gtest's `main`. */
  readonly main: boolean;
  readonly privateHeaders: boolean;
  readonly cmakeArgs: readonly string[];
  readonly cmakeModulePath: readonly string[];
  readonly cmakePackageVersion: string;
  /** Failing ends evaluation: messages say what was wrong with the first way. */
  readonly required: boolean;
}

/** A dependency of which nothing is said but its name. */
export const plainRequest: DependencyRequest = {
  version: [],
  static: undefined,
  method: 'auto',
  language: undefined,
  modules: [],
  optionalModules: [],
  components: [],
  main: false,
  privateHeaders: false,
  cmakeArgs: [],
  cmakeModulePath: [],
  cmakePackageVersion: '',
  required: true,
};

/** Whether the static library is preferred: by the keyword, else by the option `prefer_static`. */
export function isStatic(context: DependencyContext, request: DependencyRequest): boolean {
  return request.static ?? context.option('prefer_static') === true;
}

/** Languages whose compilers find C's libraries, the preferred first. */
const cLibraryLanguages = ['objcpp', 'cpp', 'objc', 'c', 'fortran'];

/** The compiler that checks of a dependency use. */
export function checkerFor(
  context: DependencyContext,
  language: Language | undefined,
): Checker | undefined {
  if (language !== undefined) return context.checker(language);
  for (const name of cLibraryLanguages) {
    const checker = context.checker(name);
    if (checker !== undefined) return checker;
  }
  return undefined;
}
