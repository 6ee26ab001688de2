import type { EnvironmentChange } from '../base/environment.ts';
import type { CrateProduct, CrateUnitId } from './crate-graph.ts';
import type { CommandWord, TargetId } from './target.ts';

/** How a test tells what came of it: by its exit code, or in words. */
export type TestProtocol = 'exitcode' | 'tap' | 'gtest' | 'rust';

/** `test()` or `benchmark()` (Reference: "Unit tests"). */
export interface Test {
  readonly name: string;
  readonly project: string;
  /** `project` or `project:suite`, as Meson writes them. */
  readonly suites: readonly string[];
  readonly command: readonly CommandWord[];
  readonly environment: readonly EnvironmentChange[];
  readonly workingDirectory: string | undefined;
  readonly depends: readonly TargetId[];
  readonly parallel: boolean;
  readonly shouldFail: boolean;
  /** `expected_exitcode`: what counts as success instead of 0. */
  readonly expectedExitCode?: number;
  /** Seconds; 0 or less means none. */
  readonly timeoutSeconds: number;
  readonly protocol: TestProtocol;
  readonly priority: number;
  readonly verbose: boolean;
  readonly benchmark: boolean;
  /** The tests of a crate's unit; `command` is empty. */
  readonly crate?: CrateProduct;
  /** Examples that are to compile where its package is tested. */
  readonly crateExamples?: readonly CrateUnitId[];
}

/** Tests of crates that nobody runs who does not name them. */
export interface NamedTests {
  /** To be run. */
  readonly run: readonly Test[];
  /** To be compiled as `cargo build` does it: its profile is not that of tests. */
  readonly compiled: readonly CrateProduct[];
  /** Examples of packages that have no test: they are to compile where all tests are meant. */
  readonly beside: readonly CrateProduct[];
  /** Packages that were asked for and cannot be tested: only their own workspaces have what their tests need. */
  readonly untestable: readonly string[];
}

/** `add_test_setup()`. */
export interface TestSetup {
  /** `project:name`. */
  readonly name: string;
  readonly exeWrapper: readonly CommandWord[];
  readonly gdb: boolean;
  readonly timeoutMultiplier: number;
  readonly environment: readonly EnvironmentChange[];
  readonly excludeSuites: readonly string[];
  readonly isDefault: boolean;
}
