import { versionMatches } from '../../base/version.ts';
import type { Toolchain } from '../../model/toolchain.ts';
import type { CLikeDialect } from '../c-like/family.ts';
import { clangDialect } from '../clang/clang.ts';
import type { Family } from '../rules.ts';
import { fortranFamily, ownFolders, standardOption } from './family.ts';

/** LLVM's flang, once named flang-new: it draws no colours and hides no symbols yet. */
export function flang(toolchain: Toolchain): Family {
  const family = fortranFamily(toolchain, {
    cLike: { ...ofClang(toolchain, ['-Wall']), colors: false },
    moduleOutput: (folder) => ['-module-dir', folder],
    runTime: [
      ...ownFolders(toolchain),
      // Later ones have a run time that the compiler alone knows to find.
      ...(versionMatches(toolchain.version, '<19') ? ['-lFortranRuntime', '-lFortranDecimal'] : []),
    ],
  });
  return { ...family, compile: { ...family.compile, visibility: () => [] } };
}

/** The flang before LLVM's, which is behind compilers of vendors, too. */
export function classicFlang(toolchain: Toolchain): Family {
  return fortranFamily(toolchain, {
    cLike: ofClang(toolchain, ['-Minform=inform']),
    moduleOutput: (folder) => ['-module', folder],
    runTime: [...ownFolders(toolchain), '-lflang', '-lpgmath'],
  });
}

function ofClang(toolchain: Toolchain, warnings: readonly string[]): CLikeDialect {
  return {
    ...clangDialect(toolchain),
    options: [standardOption([])],
    warnings: { '0': [], '1': warnings, '2': warnings, '3': warnings, everything: warnings },
    std: () => [],
    languageOptions: () => [],
    assertions: [],
  };
}
