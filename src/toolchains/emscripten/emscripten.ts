import { versionMatches } from '../../base/version.ts';
import type { OptionDeclaration } from '../../model/option.ts';
import { optionIn } from '../../model/option-in.ts';
import type { Toolchain } from '../../model/toolchain.ts';
import { cLikeFamily } from '../c-like/family.ts';
import { cppUpTo20, type Standard } from '../c-like/options.ts';
import { type ClangStandards, clangDialect } from '../clang/clang.ts';
import type { Family, LinkRules } from '../rules.ts';
import { filesBeside } from './files-beside.ts';

/** Emscripten's emcc and em++: clang under versions of their own, for programs that JavaScript runs. */
export function emscripten(toolchain: Toolchain): Family {
  const dialect = { ...clangDialect(toolchain, standards), modules: undefined };
  const family = cLikeFamily(toolchain, dialect);
  return {
    ...family,
    options: [...family.options, threadCount(toolchain.language)],
    link: family.link === undefined ? undefined : linkRules(toolchain, family.link),
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

/** Their final names are older than what Emscripten can be, but for the last two. */
const standards: ClangStandards = {
  c: [
    ...['c89', 'c99', 'c11', 'c17', 'c18', 'c2x'].map((name): Standard => [name]),
    ['c23', '>=3.1.45'],
  ],
  cpp: [...cppUpTo20, ['c++23', '>=2.0.10'], ['c++26', '>=3.1.39']],
  cppNames: {
    '23': ['>=3.1.39', '2b'],
    '26': ['>=3.1.39', '2c'],
  },
};
