import { versionMatches } from '../../base/version.ts';
import type { LinkRules } from '../rules.ts';
import { gnuLikeLinker, type LinkContext } from './gnu-like.ts';
import { baseLinkArgs, type LinkerWords } from './link-rules.ts';
import { appleRpath } from './rpath.ts';
import { throughCompiler } from './wrap.ts';

/** Apple's ld and lld in its clothes: what differs from the GNU-like linkers. */
export function appleLinker(context: LinkContext): LinkRules {
  const { linker, system, driver } = context;
  const words = appleWords(context);
  const exports = versionMatches(linker.version, linker.id === 'ld64.lld' ? '>=13' : '>=224.1');
  return {
    ...gnuLikeLinker(context),
    base: baseLinkArgs(driver, words),
    optimization: () => [],
    sharedModule: system === 'ios' ? ['-dynamiclib'] : ['-bundle', ...words.allowUndefined],
    pie: [],
    soname: (name) => throughCompiler(['-install_name', `@rpath/${name}`]),
    // rustc names them.
    nameless: undefined,
    exportDynamic: exports ? throughCompiler(['-export_dynamic']) : [],
    whole: (archives) =>
      archives.flatMap((archive) => [...throughCompiler(['-force_load']), archive]),
    rpath: (rpath) => appleRpath(rpath, []),
    threads: () => [],
    importLibrary: () => [],
    moduleDefinitions: () => [],
    subsystem: () => [],
    fatalWarnings: words.fatalWarnings,
  };
}

/** The linker's own words for what options ask. */
export function appleWords({
  linker,
  system,
}: Pick<LinkContext, 'linker' | 'system'>): LinkerWords {
  const quiet = versionMatches(linker.version, linker.id === 'ld64.lld' ? '>=19' : '>=907')
    ? throughCompiler(['-no_warn_duplicate_libraries'])
    : [];
  return {
    fatalWarnings: [...throughCompiler(['-fatal_warnings']), ...quiet],
    sanitizers: (names) => (names.length === 0 ? [] : [`-fsanitize=${names.join(',')}`]),
    coverage: ['--coverage'],
    asNeeded: throughCompiler(['-dead_strip_dylibs']),
    headerPadding: throughCompiler(['-headerpad_max_install_names']),
    noUndefined: [],
    allowUndefined: system === 'ios' ? [] : throughCompiler(['-undefined', 'dynamic_lookup']),
  };
}
