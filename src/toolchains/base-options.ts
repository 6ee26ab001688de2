import type { OptionDeclaration, OptionType, OptionValue } from '../model/option.ts';
import type { OptionLookup } from './rules.ts';

const boolean: OptionType = { kind: 'boolean' };
const text: OptionType = { kind: 'string' };
const oneOf = (...choices: string[]): OptionType => ({ kind: 'combo', choices });

const base = (
  name: string,
  type: OptionType,
  value: OptionValue,
  description: string,
): OptionDeclaration => ({
  name,
  type,
  default: value,
  description,
  section: 'base',
  yielding: false,
});

/** Meson's `b_…` options. One exists in a project once a compiler of it lists the name in `baseOptions`. */
export const baseOptions: readonly OptionDeclaration[] = [
  base('b_pch', boolean, true, 'Use precompiled headers'),
  base('b_lto', boolean, false, 'Use link time optimization'),
  base('b_lto_threads', { kind: 'integer' }, 0, 'Use multiple threads for Link Time Optimization'),
  base('b_lto_mode', oneOf('default', 'thin'), 'default', 'Select between different LTO modes.'),
  base('b_thinlto_cache', boolean, false, 'Use LLVM ThinLTO caching for faster incremental builds'),
  base('b_thinlto_cache_dir', text, '', 'Directory to store ThinLTO cache objects'),
  base(
    'b_sanitize',
    { kind: 'array', shellWords: false, allowDuplicates: false },
    [],
    'Code sanitizer to use',
  ),
  base('b_lundef', boolean, true, 'Use -Wl,--no-undefined when linking'),
  base('b_asneeded', boolean, true, 'Use -Wl,--as-needed when linking'),
  base('b_pgo', oneOf('off', 'generate', 'use'), 'off', 'Use profile guided optimization'),
  base('b_coverage', boolean, false, 'Enable coverage tracking.'),
  base('b_colorout', oneOf('auto', 'always', 'never'), 'always', 'Use colored output'),
  base('b_ndebug', oneOf('true', 'false', 'if-release'), 'false', 'Disable asserts'),
  base('b_staticpic', boolean, true, 'Build static libraries as position independent'),
  base('b_pie', boolean, false, 'Build executables as position independent'),
  base('b_bitcode', boolean, false, 'Generate and embed bitcode (only macOS/iOS/tvOS)'),
  base(
    'b_vscrt',
    oneOf('none', 'md', 'mdd', 'mt', 'mtd', 'from_buildtype', 'static_from_buildtype'),
    'from_buildtype',
    'VS run-time library type to use.',
  ),
];

/** `b_sanitize` as a list; `none` is nothing. */
export function sanitizers(options: OptionLookup): readonly string[] {
  const value = options('b_sanitize');
  const list = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
  return list.filter((name) => name !== 'none' && name !== '');
}

/** Whether `b_ndebug` takes assertions out. */
export function assertionsOff(options: OptionLookup): boolean {
  const value = options('b_ndebug');
  return (
    value === 'true' ||
    (value === 'if-release' && ['release', 'plain'].includes(String(options('buildtype'))))
  );
}

/** The options that set a language's arguments. They are declared before its compiler is known. */
export function argumentOptions(language: string): readonly OptionDeclaration[] {
  const declare = (name: string, tool: string): OptionDeclaration => ({
    name,
    type: { kind: 'array', shellWords: true, allowDuplicates: true },
    default: [],
    description: `Extra arguments passed to the ${language} ${tool}`,
    section: 'compiler',
    yielding: false,
  });
  return [declare(`${language}_args`, 'compiler'), declare(`${language}_link_args`, 'linker')];
}
