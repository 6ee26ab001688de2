import { versionMatches } from '../../base/version.ts';
import type { OptionDeclaration } from '../../model/option.ts';
import type { Toolchain } from '../../model/toolchain.ts';
import { type CLikeDialect, cLikeFamily } from '../c-like/family.ts';
import { gnuDialect } from '../gnu/gnu.ts';
import { languageSuffixes } from '../languages.ts';
import type { Family } from '../rules.ts';
import { fortranIntegers } from './integers.ts';
import { scanModules } from './modules.ts';

const program = 'stop; end program\n';

/** gfortran: gcc with warnings, standards and a run time of its own. */
export function gfortran(toolchain: Toolchain): Family {
  const dialect: CLikeDialect = {
    ...gnuDialect(toolchain),
    options: [standards(toolchain)],
    warnings,
    std: (options) => {
      const std = options('fortran_std');
      return typeof std === 'string' && std !== 'none' ? [`-std=${std}`] : [];
    },
    languageOptions: () => [],
    assertions: [],
  };
  const family = cLikeFamily(toolchain, dialect);
  const { compile, link } = family;
  const suffixes = languageSuffixes['fortran'] ?? [];
  return {
    ...family,
    compile: {
      ...compile,
      // What gfortran writes of dependencies leaves out modules (gcc's bug 62162).
      depfile: undefined,
      precompiledHeader: undefined,
      standardInput: undefined,
      check: () => ['-O0'],
      preprocessOnly: ['-cpp', '-E', '-P'],
      preprocessToFile: ['-cpp', '-E', '-P'],
      testsIncludes: false,
      suffixes: [
        ...suffixes,
        ...suffixes.map((suffix) => suffix.toUpperCase()),
        ...compile.suffixes.filter((suffix) => !suffixes.includes(suffix)),
      ],
      program,
      integers: fortranIntegers,
      modules: {
        output: (folder) => [`-J${folder}`],
        search: (folder) => [`-I${folder}`],
        file: (name) => `${name}.mod`,
        scan: scanModules,
        intrinsic: [
          ...['iso_c_binding', 'iso_fortran_env', 'ieee_arithmetic', 'ieee_exceptions'],
          ...['ieee_features', 'omp_lib', 'omp_lib_kinds', 'openacc', 'openacc_kinds'],
        ],
      },
    },
    link: link && {
      ...link,
      standardLibraryFor: (language) => (language === 'fortran' ? runTime(toolchain) : []),
    },
  };
}

const warnings: CLikeDialect['warnings'] = {
  '0': [],
  '1': ['-Wall'],
  '2': ['-Wall', '-Wextra'],
  '3': ['-Wall', '-Wextra', '-Wpedantic', '-fimplicit-none'],
  everything: ['-Wall', '-Wextra', '-Wpedantic', '-fimplicit-none'],
};

function standards({ version }: Toolchain): OptionDeclaration {
  const choices = [
    ...['none', 'legacy', 'f95', 'f2003'],
    ...(versionMatches(version, '>=4.4.0') ? ['f2008'] : []),
    ...(versionMatches(version, '>=8.0.0') ? ['f2018'] : []),
  ];
  return {
    name: 'fortran_std',
    type: { kind: 'combo', choices },
    default: 'none',
    description: 'Fortran language standard to use',
    section: 'compiler',
    yielding: false,
  };
}

/** Other compilers may look for libraries in other folders. */
function runTime({ facts }: Toolchain): readonly string[] {
  const folders = (facts['library-folders'] ?? '').split(':').filter((path) => path !== '');
  return [...folders.map((path) => `-L${path}`), '-lgfortran', '-lm'];
}
