import { posix } from 'node:path';
import type { Files } from '../host/host.ts';
import type { PlannedTest } from '../model/test-plan.ts';

/** Why tests cannot run as nothing is built before them: the program of one is not there yet. */
export function unbuiltProgram(
  files: Files,
  tests: readonly PlannedTest[],
  buildRoot: string,
): string | undefined {
  for (const { built, argv, crateTarget } of tests) {
    const [name = ''] = argv;
    // Programs of crates stand among what their tests depend on.
    if (!built || crateTarget !== undefined || files.isFile(posix.resolve(buildRoot, name)))
      continue;
    return `The test program '${name}' does not exist. Cannot run tests before building them.`;
  }
  return undefined;
}
