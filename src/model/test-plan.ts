import type { EnvironmentChange } from '../base/environment.ts';
import type { CrateTargetName } from './crate-target-name.ts';
import type { TestProtocol } from './test.ts';

/** The tests of a build directory with all paths resolved: what the test runner needs, as plain data. */
export interface TestPlan {
  /** Of the top project. */
  readonly project: string;
  readonly tests: readonly PlannedTest[];
  readonly setups: readonly PlannedTestSetup[];
  /** Tests of crates that are run only where they are named. */
  readonly named?: readonly PlannedTest[];
  /** What `cargo build` would make of tests and benchmarks. */
  readonly compiled?: readonly CompiledTest[];
  /** Examples of packages without tests, which are to compile where all tests are meant: files of the build directory. */
  readonly beside?: readonly string[];
  /** Packages that were asked for and cannot be tested, as no workspace here has what their tests need. */
  readonly untestable?: readonly string[];
}

/** A test or benchmark of a crate that is only compiled, by the goals that do it. */
export interface CompiledTest {
  readonly crateTarget: CrateTargetName;
  readonly goals: readonly string[];
}

/** Where a program of Windows finds the libraries it was linked with: there is no rpath. */
export interface LibrarySearch {
  readonly folders: readonly string[];
  readonly changes: readonly EnvironmentChange[];
}

/** One test or benchmark, ready to be run (Meson's manual: "Unit tests"). */
export interface PlannedTest {
  readonly name: string;
  readonly project: string;
  /** `project` or `project:suite`; the first names the project. */
  readonly suites: readonly string[];
  /** The program, absolute or looked up in PATH, and its arguments; without wrappers. */
  readonly argv: readonly string[];
  readonly environment: readonly EnvironmentChange[];
  /** The changes of `environment` by which a program of Windows finds its libraries: introspection tells the folders alone. */
  readonly librarySearch?: LibrarySearch;
  /** The build directory when absent. */
  readonly workingDirectory?: string;
  readonly protocol: TestProtocol;
  readonly parallel: boolean;
  readonly shouldFail: boolean;
  readonly expectedExitCode?: number;
  /** 0 or less means none. */
  readonly timeoutSeconds: number;
  readonly priority: number;
  readonly verbose: boolean;
  readonly benchmark: boolean;
  /** The program is one that the build makes. */
  readonly built: boolean;
  /** The option behind which the program takes each argument for the tests: rustdoc runs them itself. */
  readonly argumentOption?: string;
  /** Files of the build directory that must be up to date before it runs. */
  readonly depends: readonly string[];
  /** Those among them that are only to compile: not where a test is named by words of Cargo's. */
  readonly examples?: readonly string[];
  /** What it tests, where Cargo's rules build that. */
  readonly crateTarget?: CrateTargetName;
  /** The program runs on another machine: through `wrapper`, or not at all where there is none. */
  readonly foreign?: {
    readonly wrapper?: readonly string[];
    /** The wrapper that is named for it is not there. */
    readonly missing?: string;
  };
  /** What the test itself may run programs of the other machine with; it is told by `MESON_EXE_WRAPPER`. */
  readonly exeWrapper?: readonly string[];
}

/** A way to run tests that `--setup` names (`add_test_setup()`). */
export interface PlannedTestSetup {
  /** `project:name`. */
  readonly name: string;
  readonly wrapper: readonly string[];
  readonly gdb: boolean;
  readonly timeoutMultiplier: number;
  readonly environment: readonly EnvironmentChange[];
  readonly excludeSuites: readonly string[];
  readonly isDefault: boolean;
}
