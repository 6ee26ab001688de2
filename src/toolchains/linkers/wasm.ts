import type { LinkRules } from '../rules.ts';
import { gnuLikeLinker, gnuLikeWords, type LinkContext } from './gnu-like.ts';
import { baseLinkArgs } from './link-rules.ts';

/** LLVM's linker for WebAssembly behind Emscripten's compilers, which say what it is told of symbols. */
export function wasmLinker(context: LinkContext): LinkRules {
  return {
    ...gnuLikeLinker(context),
    base: baseLinkArgs(context.driver, {
      ...gnuLikeWords(context),
      asNeeded: [],
      noUndefined: ['-sERROR_ON_UNDEFINED_SYMBOLS=1'],
      allowUndefined: ['-sERROR_ON_UNDEFINED_SYMBOLS=0'],
    }),
    linksShared: false,
    rpath: () => ({ args: [], removedAtInstall: [] }),
  };
}
