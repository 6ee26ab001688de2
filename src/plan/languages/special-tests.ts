import type { EnvironmentChange } from '../../base/environment.ts';
import type { CommandWord } from '../../model/target.ts';
import type { PlanContext } from '../context.ts';
import { argumentOption, documentationTest } from './rust/documentation-test.ts';

/** A test whose program is no file that the build makes. */
export interface SpecialTest {
  readonly argv: readonly string[];
  readonly argumentOption: string;
  readonly depends: readonly string[];
  readonly environment: readonly EnvironmentChange[];
}

/** How such a test is run, or undefined for ordinary ones. */
export function specialTests(
  context: PlanContext,
  program: CommandWord | undefined,
): SpecialTest | undefined {
  const test = program?.kind === 'target' ? documentationTest(context, program.target) : undefined;
  return test && { ...test, argumentOption };
}
