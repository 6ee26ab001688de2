import { Bug } from '../base/assert.ts';
import type { Toolchain } from '../model/toolchain.ts';
import type { Family } from './rules.ts';
import { familyMaker } from './table.ts';

/** What a detected toolchain can do: the rules its family's folder makes for it. */
export function familyOf(toolchain: Toolchain): Family {
  const known = made.get(toolchain);
  if (known !== undefined) return known;
  const make = familyMaker(toolchain);
  if (make === undefined) throw new Bug(`no family for the compiler ${toolchain.id}`);
  const family = make(toolchain);
  made.set(toolchain, family);
  return family;
}

const made = new WeakMap<Toolchain, Family>();
