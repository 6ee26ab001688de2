import { sanitizers } from '../base-options.ts';
import type { LinkRules, LinkUse, OptionLookup } from '../rules.ts';

/** What a compiler that drives a linker adds to the linker's own rules. */
export interface LinkDriver {
  readonly baseOptions: readonly string[];
  readonly werror: readonly string[];
  readonly lto: (options: OptionLookup, use: LinkUse) => readonly string[];
  readonly pgo: (value: string) => readonly string[];
}

/** What differs between linkers, for the arguments that options ask for. */
export interface LinkerWords {
  readonly fatalWarnings: readonly string[];
  readonly sanitizers: (names: readonly string[]) => readonly string[];
  readonly coverage: readonly string[];
  readonly asNeeded: readonly string[];
  readonly headerPadding: readonly string[];
  readonly noUndefined: readonly string[];
  readonly allowUndefined: readonly string[];
}

/** The arguments of `werror` and the `b_…` options at a link, in Meson's order. */
export function baseLinkArgs(driver: LinkDriver, words: LinkerWords): LinkRules['base'] {
  return (options, use) => {
    const on = (name: string): boolean =>
      driver.baseOptions.includes(name) && options(name) === true;
    const werror = options('werror') === true;
    const args: string[] = [];
    if (werror) args.push(...words.fatalWarnings);
    if (options('b_lto') === true) {
      if (werror) args.push(...driver.werror);
      args.push(...driver.lto(options, use));
    }
    args.push(...words.sanitizers(sanitizers(options)));
    args.push(...driver.pgo(String(options('b_pgo') ?? 'off')));
    if (options('b_coverage') === true) args.push(...words.coverage);
    if (on('b_asneeded')) args.push(...words.asNeeded);
    args.push(...words.headerPadding);
    const strict = use.type !== 'shared-module' && on('b_lundef');
    args.push(...(strict ? words.noUndefined : words.allowUndefined));
    return args;
  };
}

/** Where thin LTO keeps what it made, when `b_thinlto_cache` asks for it. */
export function thinLtoCache(options: OptionLookup, use: LinkUse): string | undefined {
  if (options('b_thinlto_cache') !== true) return undefined;
  const folder = options('b_thinlto_cache_dir');
  return typeof folder === 'string' && folder !== ''
    ? folder
    : `${use.buildRoot}/meson-private/thinlto-cache`;
}
