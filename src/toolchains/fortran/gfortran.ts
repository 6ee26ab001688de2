import { versionMatches } from '../../base/version.ts';
import type { Toolchain } from '../../model/toolchain.ts';
import type { CLikeDialect } from '../c-like/family.ts';
import { gnuDialect } from '../gnu/gnu.ts';
import type { Family } from '../rules.ts';
import { fortranFamily, ownFolders, standardOption } from './family.ts';

/** gfortran: gcc with warnings, standards and a run time of its own. */
export function gfortran(toolchain: Toolchain): Family {
  const { version } = toolchain;
  return fortranFamily(toolchain, {
    cLike: {
      ...gnuDialect(toolchain),
      options: [
        standardOption([
          ...['legacy', 'f95', 'f2003'],
          ...(versionMatches(version, '>=4.4.0') ? ['f2008'] : []),
          ...(versionMatches(version, '>=8.0.0') ? ['f2018'] : []),
        ]),
      ],
      warnings,
      std: (options) => {
        const std = options('fortran_std');
        return typeof std === 'string' && std !== 'none' ? [`-std=${std}`] : [];
      },
      languageOptions: () => [],
      assertions: [],
    },
    moduleOutput: (folder) => [`-J${folder}`],
    runTime: [...ownFolders(toolchain), '-lgfortran', '-lm'],
  });
}

const warnings: CLikeDialect['warnings'] = {
  '0': [],
  '1': ['-Wall'],
  '2': ['-Wall', '-Wextra'],
  '3': ['-Wall', '-Wextra', '-Wpedantic', '-fimplicit-none'],
  everything: ['-Wall', '-Wextra', '-Wpedantic', '-fimplicit-none'],
};
