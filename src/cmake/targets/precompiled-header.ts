import { argumentUnits } from './argument-units.ts';

/** What CMake adds to precompile a header: a source that is nothing but that header. */
export function isPrecompiledHeader(source: string): boolean {
  return /(^|\/)cmake_pch[^/]*\.(h|hxx)(\.(c|cxx|m|mm))?$/.test(source);
}

/**
 * Flags without those that use a precompiled header: its text is included instead, so that sources
 * that rely on it still compile. It is not precompiled.
 */
export function withoutPrecompiledHeader(flags: readonly string[]): readonly string[] {
  if (!flags.some((flag) => flag.includes('/cmake_pch'))) return flags;
  const kept: string[] = [];
  const units = argumentUnits(flags);
  for (let at = 0; at < units.length; at++) {
    const [flag = '', value] = units[at] ?? [];
    const next = units[at + 1]?.[1];
    if (flag === '-Winvalid-pch' || flag === '-fpch-instantiate-templates') continue;
    // clang: -Xclang -include-pch -Xclang FILE.pch -Xclang -include -Xclang FILE
    if (flag === '-Xclang' && value === '-include-pch') at++;
    else if (flag === '-Xclang' && value === '-include' && next !== undefined) {
      kept.push('-include', next);
      at++;
    } else kept.push(flag, ...(value === undefined ? [] : [value]));
  }
  return kept;
}
