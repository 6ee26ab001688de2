import { posix } from 'node:path';
import { versionMatches } from '../../base/version.ts';
import type { Toolchain } from '../../model/toolchain.ts';
import {
  cppAssertions,
  cppOptionArgs,
  type StandardNames,
  standardArgument,
} from '../c-like/cpp.ts';
import { type CLikeDialect, cLikeFamily } from '../c-like/family.ts';
import { interfaceSuffix, scanCppModules } from '../c-like/modules.ts';
import { cLikeOptions, cppUpTo20, type Standard } from '../c-like/options.ts';
import { thinLtoCache } from '../linkers/link-rules.ts';
import { throughCompiler } from '../linkers/wrap.ts';
import type { Family, LinkUse, ModuleRules, OptionLookup } from '../rules.ts';
import { systemOf } from '../system.ts';

/** clang, for C, C++, Objective-C and Objective-C++. */
export function clang(toolchain: Toolchain): Family {
  return cLikeFamily(toolchain, clangDialect(toolchain));
}

/** The standards of a compiler that is a clang, and since which of its own versions it has them. */
export interface ClangStandards {
  readonly c: readonly Standard[];
  readonly cpp: readonly Standard[];
  readonly cppNames: StandardNames;
}

/** What clang does in its own way, whatever the language. */
export function clangDialect(
  toolchain: Toolchain,
  standards: ClangStandards = clangStandards,
): CLikeDialect {
  const { language, version } = toolchain;
  const basic = ['-Wall', '-Winvalid-pch'];
  return {
    options: cLikeOptions({
      language,
      version,
      system: systemOf(toolchain).system,
      cStandards: standards.c,
      cppStandards: standards.cpp,
      importStd: false,
    }),
    baseOptions: [
      ...['b_colorout', 'b_lto_threads', 'b_lto_mode', 'b_thinlto_cache', 'b_thinlto_cache_dir'],
      ...(toolchain.linker?.id.startsWith('ld64') ? ['b_bitcode'] : []),
    ],
    warnings: {
      '0': [],
      '1': basic,
      '2': [...basic, '-Wextra'],
      '3': [...basic, '-Wextra', '-Wpedantic'],
      everything: ['-Weverything'],
    },
    optimization,
    std: standardArgument(toolchain, standards.cppNames),
    languageOptions: cppOptionArgs(toolchain, 'debugstl-first'),
    modules: language === 'cpp' && versionMatches(version, '>=16') ? cppModules : undefined,
    assertions: cppAssertions(toolchain),
    colors: true,
    lto: ltoMode,
    linkLto: (options, use) => linkLto(toolchain, options, use),
    pgo: (value) =>
      value === 'generate' ? ['-fprofile-generate'] : value === 'use' ? ['-fprofile-use'] : [],
    openmp: versionMatches(version, '>=3.8.0') ? ['-fopenmp'] : ['-fopenmp=libomp'],
    pch: {
      suffix: 'pch',
      use: (folder, header) => [
        `-I${folder}`,
        ...(language === 'cpp' && versionMatches(version, '>=11')
          ? ['-fpch-instantiate-templates']
          : []),
        '-include-pch',
        `${folder}/${posix.basename(header)}.pch`,
      ],
    },
  };
}

/** clang's modules. Its `-fmodules` is about headers: that there are some shows by the suffix of one. */
const cppModules: ModuleRules = {
  wanted: (_, names) => names.some((name) => interfaceSuffix.test(name)),
  output: (folder) => [`-fprebuilt-module-path=${folder}`],
  search: (folder) => [`-fprebuilt-module-path=${folder}`],
  single: (source, made) => [
    ...(made === undefined ? [] : [`-fmodule-output=${made}`]),
    ...(made === undefined || interfaceSuffix.test(source) ? [] : ['-x', 'c++-module']),
  ],
  file: (name) => `${name.replace(':', '-')}.pcm`,
  scan: scanCppModules,
  intrinsic: [],
};

const cStandards: readonly Standard[] = [
  ['c89'],
  ['c99'],
  ['c11'],
  ['c17', '>=6.0.0'],
  ['c18', '>=8.0.0'],
  ['c2x', '>=9.0.0'],
  ['c23', '>=18.0.0'],
  ['c2y', '>=19.0.0'],
];

const cppStandards: readonly Standard[] = [
  ...cppUpTo20,
  ['c++23', '>=12.0.0'],
  ['c++26', '>=17.0.0'],
];

const cppNames: StandardNames = {
  '11': ['>=3.0', '0x'],
  '14': ['>=3.5', '1y'],
  '17': ['>=5', '1z'],
  '20': ['>=10', '2a'],
  '23': ['>=17', '2b'],
  '26': ['>=17', '2c'],
};

const clangStandards: ClangStandards = { c: cStandards, cpp: cppStandards, cppNames };

const optimization: CLikeDialect['optimization'] = {
  plain: [],
  '0': ['-O0'],
  g: ['-Og'],
  '1': ['-O1'],
  '2': ['-O2'],
  '3': ['-O3'],
  s: ['-Oz'],
};

function ltoMode(options: OptionLookup): readonly string[] {
  return [options('b_lto_mode') === 'thin' ? '-flto=thin' : '-flto'];
}

function linkLto(toolchain: Toolchain, options: OptionLookup, use: LinkUse): readonly string[] {
  const cache = options('b_lto_mode') === 'thin' ? thinLtoCache(options, use) : undefined;
  const threads = Number(options('b_lto_threads') ?? 0);
  return [
    ...ltoMode(options),
    ...(cache === undefined ? [] : cacheArgs(toolchain.linker?.id ?? '', cache)),
    ...(threads > 0 ? [`-flto-jobs=${threads}`] : []),
  ];
}

function cacheArgs(linker: string, path: string): readonly string[] {
  if (linker.startsWith('ld64')) return throughCompiler(['-cache_path_lto', path]);
  if (linker === 'ld.gold') return throughCompiler(['-plugin-opt', `cache-dir=${path}`]);
  return linker === 'ld.bfd' ? [] : throughCompiler([`--thinlto-cache-dir=${path}`]);
}
