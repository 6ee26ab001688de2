import type { DependencyContext, DependencyRequest } from '../context.ts';
import { type Attempt, absent } from '../found.ts';

/** Looks for a dependency with CMake's packages. */
export function findWithCmake(
  _context: DependencyContext,
  _name: string,
  _request: DependencyRequest,
): Attempt {
  return absent;
}
