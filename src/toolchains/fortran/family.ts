import type { OptionDeclaration } from '../../model/option.ts';
import type { Toolchain } from '../../model/toolchain.ts';
import { type CLikeDialect, cLikeFamily } from '../c-like/family.ts';
import { languageSuffixes } from '../languages.ts';
import type { Family, ModuleRules } from '../rules.ts';
import { fortranIntegers } from './integers.ts';
import { scanModules } from './modules.ts';

/** What one compiler of Fortran does in its own way. */
export interface FortranDialect {
  /** What it has in common with its sister for C. */
  readonly cLike: CLikeDialect;
  readonly moduleOutput: ModuleRules['output'];
  /** What another language's compiler needs to link its objects. */
  readonly runTime: readonly string[];
}

const program = 'stop; end program\n';

/** The rules of a compiler of Fortran that speaks as gcc does. */
export function fortranFamily(toolchain: Toolchain, dialect: FortranDialect): Family {
  const family = cLikeFamily(toolchain, dialect.cLike);
  const { compile, link } = family;
  const suffixes = languageSuffixes['fortran'] ?? [];
  return {
    ...family,
    compile: {
      ...compile,
      // What gfortran writes of dependencies leaves out modules (gcc's bug 62162); flang writes nothing.
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
        output: dialect.moduleOutput,
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
      standardLibraryFor: (language) => (language === 'fortran' ? dialect.runTime : []),
    },
  };
}

/** The option for the standard, of a compiler that knows these. */
export function standardOption(names: readonly string[]): OptionDeclaration {
  return {
    name: 'fortran_std',
    type: { kind: 'combo', choices: ['none', ...names] },
    default: 'none',
    description: 'Fortran language standard to use',
    section: 'compiler',
    yielding: false,
  };
}

/** Other compilers may look for libraries in other folders. */
export function ownFolders({ facts }: Toolchain): readonly string[] {
  const folders = (facts['library-folders'] ?? '').split(':').filter((path) => path !== '');
  return folders.map((path) => `-L${path}`);
}
