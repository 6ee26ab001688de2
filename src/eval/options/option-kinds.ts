import { builtinOptions } from '../../model/builtin-options.ts';
import { baseOptions } from '../../toolchains/base-options.ts';
import { languageSuffixes } from '../../toolchains/languages.ts';

const builtinNames: ReadonlySet<string> = new Set(builtinOptions.map(({ name }) => name));
const baseNames: ReadonlySet<string> = new Set(baseOptions.map(({ name }) => name));

/** Whether it is one of the options that each project has (`buildtype`, `prefix`, …). */
export function isBuiltinOption(name: string): boolean {
  return builtinNames.has(name);
}

/** `c_args`, `cpp_std`, …: begins with the name of a language. */
export function isCompilerOption(name: string): boolean {
  const at = name.indexOf('_');
  return at !== -1 && name.slice(0, at) in languageSuffixes;
}

/** `b_lto` and its like. */
export function isBaseOption(name: string): boolean {
  return baseNames.has(name);
}

/** Names that a project's own options may not have. */
export function isReservedOption(name: string): boolean {
  return builtinNames.has(name) || /^(b|backend)_/.test(name) || isCompilerOption(name);
}
