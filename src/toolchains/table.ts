import type { Toolchain } from '../model/toolchain.ts';
import type { Family } from './rules.ts';

/** Which folder makes the rules of a compiler, by its id. A new language is one folder and one line here. */
export const families: Readonly<Record<string, (toolchain: Toolchain) => Family>> = {};
