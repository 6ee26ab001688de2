import { versionMatches } from '../../base/version.ts';
import type { OptionDeclaration } from '../../model/option.ts';
import { optionIn } from '../../model/option-in.ts';
import { isWindowsLike } from '../system.ts';

/** A language standard and the compiler versions that know it. */
export type Standard = readonly [name: string, since?: string];

/** The standards of C++ that each compiler here has, whatever its version. */
export const cppUpTo20 = 'c++98 c++03 c++11 c++14 c++17 c++1z c++2a c++20'
  .split(' ')
  .map((name): Standard => [name]);

const option = optionIn('compiler');

/** The options of a C-like compiler beside its argument lists: `c_std`, `cpp_eh`, … */
export function cLikeOptions(compiler: {
  readonly language: string;
  readonly version: string;
  readonly system: string;
  readonly cStandards: readonly Standard[];
  readonly cppStandards: readonly Standard[];
  readonly importStd: boolean;
}): readonly OptionDeclaration[] {
  const { language, system } = compiler;
  const isCpp = language === 'cpp' || language === 'objcpp';
  const standards = isCpp ? compiler.cppStandards : compiler.cStandards;
  const known = standards
    .filter(([, since]) => since === undefined || versionMatches(compiler.version, since))
    .map(([name]) => name);
  const std = standardOption(isCpp ? 'cpp' : 'c', known);
  if (language !== 'c' && language !== 'cpp') return [std];
  const windowsLibraries = isWindowsLike(system) ? [winlibs(language)] : [];
  if (language === 'c') return [std, ...windowsLibraries];
  return [
    std,
    option('cpp_eh', 'C++ exception handling type.', [
      { kind: 'combo', choices: ['none', 'default', 'a', 's', 'sc'] },
      'default',
    ]),
    option('cpp_rtti', 'Enable RTTI', [{ kind: 'boolean' }, true]),
    option('cpp_debugstl', 'STL debug mode', [{ kind: 'boolean' }, false]),
    ...windowsLibraries,
    ...(compiler.importStd
      ? [
          option('cpp_importstd', 'Use #import std.', [
            { kind: 'combo', choices: ['false', 'true'] },
            'false',
          ]),
        ]
      : []),
  ];
}

function standardOption(language: 'c' | 'cpp', names: readonly string[]): OptionDeclaration {
  const choices = ['none', ...names, ...names.map(gnuName)];
  return option(`${language}_std`, `${language} language standard to use`, [
    { kind: 'combo', choices, standards: { language, known: allStandards[language] } },
    'none',
  ]);
}

const gnuName = (standard: string): string => `gnu${standard.slice(1)}`;

const cNames = 'c89 c9x c90 c99 c1x c11 c17 c18 c2x c23 c2y'.split(' ');
const cppNames =
  'c++98 c++0x c++03 c++1y c++1z c++11 c++14 c++17 c++2a c++2b c++2c c++20 c++23 c++26'.split(' ');

/** Every name some compiler has; others are misspelt. */
const allStandards = {
  c: [
    'none',
    ...cNames,
    ...cNames.map(gnuName),
    ...['1990', '199409', '1999', '2011', '2017', '2018', '2024'].map((year) => `iso9899:${year}`),
  ],
  cpp: [
    'none',
    ...cppNames,
    ...cppNames.map(gnuName),
    ...['vc++11', 'vc++14', 'vc++17', 'vc++20', 'vc++23', 'vc++latest', 'c++latest'],
  ],
} as const;

function winlibs(language: 'c' | 'cpp'): OptionDeclaration {
  return option(
    `${language}_winlibs`,
    language === 'c'
      ? 'Standard Windows libraries to link against'
      : 'Standard Win libraries to link against',
    [
      { kind: 'array', shellWords: false, allowDuplicates: false },
      'kernel32 user32 gdi32 winspool shell32 ole32 oleaut32 uuid comdlg32 advapi32'
        .split(' ')
        .map((name) => `-l${name}`),
    ],
  );
}
