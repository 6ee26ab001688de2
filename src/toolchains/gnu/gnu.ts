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
import type { Family, ModuleRules, OptionLookup } from '../rules.ts';
import { systemOf } from '../system.ts';
import {
  commonWarnings,
  cppWarnings,
  cWarnings,
  objcWarnings,
  type VersionedWarnings,
} from './warnings.ts';

/** gcc, for C, C++, Objective-C and Objective-C++. */
export function gnu(toolchain: Toolchain): Family {
  return cLikeFamily(toolchain, gnuDialect(toolchain));
}

/** What gcc does in its own way, whatever the language. */
export function gnuDialect(toolchain: Toolchain): CLikeDialect {
  const { language, version } = toolchain;
  return {
    options: cLikeOptions({
      language,
      version,
      system: systemOf(toolchain).system,
      cStandards,
      cppStandards,
      importStd: versionMatches(version, importsStd),
    }),
    baseOptions: ['b_colorout', 'b_lto_threads', 'b_thinlto_cache', 'b_thinlto_cache_dir'],
    warnings: warningLevels(toolchain),
    optimization,
    std: standardArgument(toolchain, standardNames),
    languageOptions: cppOptionArgs(toolchain, 'rtti-first'),
    modules: language === 'cpp' ? cppModules(version) : undefined,
    assertions: cppAssertions(toolchain),
    colors: versionMatches(version, '>=4.9.0'),
    lto: (options) => lto(version, options),
    linkLto: (options, use) => {
      const cache = thinLtoCache(options, use);
      return [
        ...lto(version, options),
        ...(cache === undefined ? [] : [`-flto-incremental=${cache}`]),
      ];
    },
    pgo: (value) =>
      value === 'generate'
        ? ['-fprofile-generate']
        : value === 'use'
          ? ['-fprofile-use', '-fprofile-correction']
          : [],
    openmp: ['-fopenmp'],
    pch: {
      suffix: 'gch',
      use: (folder, header) => {
        const include = ['-include', posix.basename(header)];
        return language === 'c' || language === 'cpp'
          ? [`-I${folder}`, '-fpch-preprocess', ...include]
          : [`-I${folder}`, ...include];
      },
    },
  };
}

/** gcc's modules: all are in one folder of the folder in which it is started. */
const cppModules = (version: string): ModuleRules => ({
  wanted: (args) => args.some((arg) => /^-fmodules(-ts)?$/.test(arg)),
  shared: {
    folder: 'gcm.cache',
    map: (files) => ['$root .', ...[...files].map((pair) => pair.join(' ')), ''].join('\n'),
    mapped: (path) => [`-fmodule-mapper=${path}`],
  },
  output: () => [],
  search: () => [],
  single: (source) => (interfaceSuffix.test(source) ? ['-x', 'c++'] : []),
  file: (name) => `${name.replace(':', '-')}.gcm`,
  scan: scanCppModules,
  intrinsic: ['std', 'std.compat'],
  ...(versionMatches(version, importsStd) && {
    standard: {
      make: ['-c', '-fmodules', '-fsearch-include-path', 'bits/std.cc'],
      module: 'gcm.cache/std.gcm',
      object: 'std.o',
      use: ['-fmodules'],
    },
  }),
});

/** Versions that can make the standard library a module. */
const importsStd = '>=15.1';

const cStandards: readonly Standard[] = [
  ['c89'],
  ['c99'],
  ['c11'],
  ['c17', '>=8.0.0'],
  ['c18', '>=8.0.0'],
  ['c2x', '>=9.0.0'],
  ['c23', '>=14.0.0'],
  ['c2y', '>=15.0.0'],
];

const cppStandards: readonly Standard[] = [
  ...cppUpTo20,
  ['c++23', '>=11.0.0'],
  ['c++26', '>=14.0.0'],
];

const standardNames: StandardNames = {
  '11': ['>=4.7', '0x'],
  '14': ['>=4.9', '1y'],
  '17': ['>=8', '1z'],
  '20': ['>=10', '2a'],
  '23': ['>=11', '2b'],
  '26': ['>=14', '2c'],
};

const optimization: CLikeDialect['optimization'] = {
  plain: [],
  '0': ['-O0'],
  g: ['-Og'],
  '1': ['-O1'],
  '2': ['-O2'],
  '3': ['-O3'],
  s: ['-Os'],
};

function warningLevels({ language, version }: Toolchain): CLikeDialect['warnings'] {
  const basic = ['-Wall', '-Winvalid-pch'];
  const pedantic = versionMatches(version, '>=4.8.0') ? '-Wpedantic' : '-pedantic';
  const all = [...basic, '-Wextra', pedantic];
  const own = { c: cWarnings, cpp: cppWarnings }[language] ?? objcWarnings;
  return {
    '0': [],
    '1': basic,
    '2': [...basic, '-Wextra'],
    '3': all,
    everything: [...all, ...knownWarnings(commonWarnings, version), ...knownWarnings(own, version)],
  };
}

/** Of these warnings those that a version of gcc knows. */
export function knownWarnings(warnings: VersionedWarnings, version: string): readonly string[] {
  return warnings
    .filter(([since]) => versionMatches(version, `>=${since}`))
    .flatMap(([, names]) => names.split(' ').map((name) => `-W${name}`));
}

function lto(version: string, options: OptionLookup): readonly string[] {
  const threads = Number(options('b_lto_threads') ?? 0);
  if (threads > 0) return [`-flto=${threads}`];
  return [threads === 0 && versionMatches(version, '>=10.0') ? '-flto=auto' : '-flto'];
}
