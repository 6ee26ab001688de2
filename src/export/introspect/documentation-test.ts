import type { Target } from '../../model/target.ts';

/** Compiled and run by rustdoc: it makes no file, and is no target to others. */
export function isDocumentationTest(target: Target): boolean {
  return target.kind === 'build' && target.rust?.doctest === true;
}
