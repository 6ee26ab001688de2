import { languageSuffixes } from '../../../toolchains/languages.ts';
import type { Call } from '../../call.ts';

/** The language that a header is written in, by its suffix. */
export function headerLanguage(call: Call, name: string): string {
  const suffix = /\.([^./]*)$/.exec(name)?.[1] ?? '';
  if (languageSuffixes['cpp']?.includes(suffix) === true) return 'cpp';
  return suffix === 'h' ? 'c' : call.fail(`Unknown file type extension for: ${name}`);
}
