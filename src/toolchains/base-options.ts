import type { OptionDeclaration, OptionType } from '../model/option.ts';
import { optionIn } from '../model/option-in.ts';
import type { OptionLookup } from './rules.ts';

const boolean: OptionType = { kind: 'boolean' };
const text: OptionType = { kind: 'string' };
const oneOf = (...choices: string[]): OptionType => ({ kind: 'combo', choices });

const base = optionIn('base');
const compiler = optionIn('compiler');

/** Meson's `b_…` options. One exists in a project once a compiler of it lists the name in `baseOptions`. */
export const baseOptions: readonly OptionDeclaration[] = [
  base('b_pch', 'Use precompiled headers', [boolean, true]),
  base('b_lto', 'Use link time optimization', [boolean, false]),
  base('b_lto_threads', 'Use multiple threads for Link Time Optimization', [
    { kind: 'integer' },
    0,
  ]),
  base('b_lto_mode', 'Select between different LTO modes.', [oneOf('default', 'thin'), 'default']),
  base('b_thinlto_cache', 'Use LLVM ThinLTO caching for faster incremental builds', [
    boolean,
    false,
  ]),
  base('b_thinlto_cache_dir', 'Directory to store ThinLTO cache objects', [text, '']),
  base('b_sanitize', 'Code sanitizer to use', [
    { kind: 'array', shellWords: false, allowDuplicates: false },
    [],
  ]),
  base('b_lundef', 'Use -Wl,--no-undefined when linking', [boolean, true]),
  base('b_asneeded', 'Use -Wl,--as-needed when linking', [boolean, true]),
  base('b_pgo', 'Use profile guided optimization', [oneOf('off', 'generate', 'use'), 'off']),
  base('b_coverage', 'Enable coverage tracking.', [boolean, false]),
  base('b_colorout', 'Use colored output', [oneOf('auto', 'always', 'never'), 'always']),
  base('b_ndebug', 'Disable asserts', [oneOf('true', 'false', 'if-release'), 'false']),
  base('b_staticpic', 'Build static libraries as position independent', [boolean, true]),
  base('b_pie', 'Build executables as position independent', [boolean, false]),
  base('b_bitcode', 'Generate and embed bitcode (only macOS/iOS/tvOS)', [boolean, false]),
  base('b_vscrt', 'VS run-time library type to use.', [
    oneOf('none', 'md', 'mdd', 'mt', 'mtd', 'from_buildtype', 'static_from_buildtype'),
    'from_buildtype',
  ]),
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
  const words: OptionType = { kind: 'array', shellWords: true, allowDuplicates: true };
  const declare = (name: string, tool: string): OptionDeclaration =>
    compiler(name, `Extra arguments passed to the ${language} ${tool}`, [words, []]);
  return [declare(`${language}_args`, 'compiler'), declare(`${language}_link_args`, 'linker')];
}
