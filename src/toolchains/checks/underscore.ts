import { isDarwin, isWindowsLike, systemOf } from '../system.ts';
import type { Checker } from './probe.ts';

/** `symbols_have_underscore_prefix()`: the compiler's own macro tells. */
export function symbolsHaveUnderscorePrefix({ family }: Pick<Checker, 'family'>): boolean {
  const { facts } = family.toolchain;
  const told = facts['__USER_LABEL_PREFIX__'];
  if (told === '_') return true;
  if (told === '') return false;
  const { system, cpuFamily } = systemOf(family.toolchain);
  return isDarwin(system) || (isWindowsLike(system) && cpuFamily === 'x86');
}
