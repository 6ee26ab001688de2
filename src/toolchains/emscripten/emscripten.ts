import { versionMatches } from '../../base/version.ts';
import type { OptionDeclaration } from '../../model/option.ts';
import { optionIn } from '../../model/option-in.ts';
import type { Toolchain } from '../../model/toolchain.ts';
import { type StandardNames, standardArgument } from '../c-like/cpp.ts';
import { type CLikeDialect, cLikeFamily } from '../c-like/family.ts';
import { cLikeOptions, type Standard } from '../c-like/options.ts';
import { clangDialect } from '../clang/clang.ts';
import type { Family, LinkRules } from '../rules.ts';
import { systemOf } from '../system.ts';
import { filesBeside } from './files-beside.ts';

/** Emscripten's emcc and em++: clang under versions of their own, for programs that JavaScript runs. */
export function emscripten(toolchain: Toolchain): Family {
  const family = cLikeFamily(toolchain, dialect(toolchain));
  return {
    ...family,
    options: [...family.options, threadCount(toolchain.language)],
    link: family.link === undefined ? undefined : linkRules(toolchain, family.link),
  };
}

function dialect(toolchain: Toolchain): CLikeDialect {
  const { language, version } = toolchain;
  const { system } = systemOf(toolchain);
  return {
    ...clangDialect(toolchain),
    options: cLikeOptions({
      ...{ language, version, system },
      ...{ cStandards, cppStandards, importStd: false },
    }),
    std: standardArgument(toolchain, standardNames),
    modules: undefined,
  };
}

function threadCount(language: string): OptionDeclaration {
  return optionIn('compiler')(
    `${language}_thread_count`,
    'Number of threads to use in web assembly, set to 0 to disable',
    [{ kind: 'integer', min: 0 }, 4],
  );
}

function linkRules({ language, version }: Toolchain, link: LinkRules): LinkRules {
  // What threads start with became a part of the program.
  const workerInside = versionMatches(version, '>=3.1.58');
  return {
    ...link,
    threads: (options) => {
      const count = options(`${language}_thread_count`);
      const pool = typeof count === 'number' && count > 0 ? [`-sPTHREAD_POOL_SIZE=${count}`] : [];
      return [...link.threads(options), ...pool];
    },
    scriptSuffix: '.js',
    dependencyArgs: (args) =>
      args.flatMap((arg) =>
        arg.endsWith('.js') && !arg.startsWith('-') ? ['--js-library', arg] : [arg],
      ),
    beside: (output, args) => filesBeside(output, args, { workerInside }),
  };
}

const cStandards: readonly Standard[] = [
  ...['c89', 'c99', 'c11', 'c17', 'c18', 'c2x'].map((name): Standard => [name]),
  ['c23', '>=3.1.45'],
];

const cppStandards: readonly Standard[] = [
  ...['c++98', 'c++03', 'c++11', 'c++14', 'c++17', 'c++1z', 'c++2a', 'c++20'].map(
    (name): Standard => [name],
  ),
  ['c++23', '>=2.0.10'],
  ['c++26', '>=3.1.39'],
];

const standardNames: StandardNames = {
  '23': ['>=3.1.39', '2b'],
  '26': ['>=3.1.39', '2c'],
};
