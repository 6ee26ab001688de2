import type { Evaluation } from '../evaluation.ts';
import type { NamedFiles } from '../input.ts';

/** Machine files as they are shown: by the names that they were given with, else by their paths. */
export function givenMachineFiles({ input }: Evaluation): NamedFiles {
  const { cross = [], native = [] } = input.namedFiles ?? {};
  return {
    cross: cross.length > 0 ? cross : (input.crossFiles ?? []),
    native: native.length > 0 ? native : (input.nativeFiles ?? []),
  };
}
