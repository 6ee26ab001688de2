import type { PlannedTest } from '../../model/test-plan.ts';
import { isNamed } from '../../testrun/select-tests.ts';

/** What the words of `kaon test` mean that are no options. */
export interface TestArguments {
  /** Tests by name. */
  readonly names: readonly string[];
  /** For all programs of tests. */
  readonly forPrograms: readonly string[];
}

/**
 * The same in a Cargo workspace, as behind `cargo test`: `[TESTNAME] [-- ARGUMENT …]`. Names that no
 * program of tests has are those of functions in them, which the programs look for themselves.
 */
export function testArguments(
  tests: readonly PlannedTest[],
  operands: readonly string[],
  behind: readonly string[],
): TestArguments {
  const isForPrograms = !operands.some((name) => tests.some((test) => isNamed(test, name)));
  return isForPrograms
    ? { names: [], forPrograms: [...operands, ...behind] }
    : { names: operands, forPrograms: behind };
}

const showing: ReadonlySet<string> = new Set(['--nocapture', '--no-capture', '--show-output']);

/** Whether programs of tests are asked to show what tests print (rustc's book: "CLI arguments" of tests). */
export function showsOutput(forPrograms: readonly string[]): boolean {
  return forPrograms.some((word) => showing.has(word));
}
