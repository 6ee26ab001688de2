import type { DependencyContext, DependencyRequest } from '../context.ts';
import { type Attempt, absent } from '../found.ts';

/** Boost: headers, and libraries by module. */
export function findBoost(_context: DependencyContext, _request: DependencyRequest): Attempt {
  return absent;
}
