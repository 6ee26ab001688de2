import { versionMatches } from '../../base/version.ts';
import type { Toolchain } from '../../model/toolchain.ts';
import type { OptionLookup } from '../rules.ts';

/** When a compiler learned the final name of a C++ standard, and what it called it before. */
export type StandardNames = Readonly<Record<string, readonly [since: string, before: string]>>;

/** `-std=…` of the language's option. */
export function standardArgument(
  { language, version }: Toolchain,
  names: StandardNames,
): (options: OptionLookup) => readonly string[] {
  const isCpp = language === 'cpp' || language === 'objcpp';
  return (options) => {
    const std = options(isCpp ? 'cpp_std' : 'c_std');
    if (typeof std !== 'string' || std === 'none') return [];
    if (language !== 'cpp') return [`-std=${std}`];
    const [, dialect = '', year = ''] = /^(c|gnu)\+\+(.*)$/.exec(std) ?? [];
    const [since, before] = names[year] ?? ['', ''];
    const renamed = since !== '' && !versionMatches(version, since);
    return [`-std=${renamed ? `${dialect}++${before}` : std}`];
  };
}

/** `cpp_eh`, `cpp_rtti` and `cpp_debugstl`. gcc and clang write the last two in different order. */
export function cppOptionArgs(
  toolchain: Toolchain,
  order: 'rtti-first' | 'debugstl-first',
): (options: OptionLookup) => readonly string[] {
  if (toolchain.language !== 'cpp') return () => [];
  const hardening =
    toolchain.id === 'clang' && versionMatches(toolchain.version, '>=18')
      ? ['-U_LIBCPP_HARDENING_MODE', '-D_LIBCPP_HARDENING_MODE=_LIBCPP_HARDENING_MODE_DEBUG']
      : [];
  return (options) => {
    const exceptions = options('cpp_eh') === 'none' ? ['-fno-exceptions'] : [];
    const rtti = options('cpp_rtti') === false ? ['-fno-rtti'] : [];
    const debug = options('cpp_debugstl') === true ? ['-D_GLIBCXX_DEBUG=1', ...hardening] : [];
    return order === 'rtti-first'
      ? [...exceptions, ...rtti, ...debug]
      : [...exceptions, ...debug, ...rtti];
  };
}

/** What turns on the assertions of the C++ library, unless the compiler has it on already. */
export function cppAssertions({ language, facts, version, id }: Toolchain): readonly string[] {
  if (language !== 'cpp') return [];
  const already = ['_GLIBCXX_ASSERTIONS', '_LIBCPP_HARDENING_MODE', '_LIBCPP_ENABLE_ASSERTIONS'];
  if (already.some((name) => name in facts)) return [];
  if (facts['cpp-library'] !== 'c++') return ['-D_GLIBCXX_ASSERTIONS=1'];
  if (id === 'gcc' && !versionMatches(version, '>=18')) return [];
  return ['-D_LIBCPP_HARDENING_MODE=_LIBCPP_HARDENING_MODE_FAST'];
}
