import type { ValaOutput } from './vala.ts';

/** Keywords of single languages and systems, which the model keeps by Meson's names. */
const names = [
  ...['swift_interoperability_mode', 'swift_module_name'],
  ...['main_class', 'resources'],
  ...['darwin_versions', 'shortname', 'win_subsystem', 'android_exe_type'],
  ...['prelink', 'link_early_args'],
] as const;

/** Those that say something. */
export function languageKeywords(
  keywords: { readonly [K in (typeof names)[number]]?: unknown } & {
    readonly gui_app?: boolean | undefined;
  },
  vala: readonly ValaOutput[],
): ReadonlyMap<string, unknown> {
  const result = new Map<string, unknown>(vala.map(({ keyword, filename }) => [keyword, filename]));
  for (const name of names) {
    const value = keywords[name];
    if (saysNothing(value)) continue;
    result.set(name, value);
  }
  if (keywords.gui_app !== undefined)
    result.set('win_subsystem', keywords.gui_app ? 'windows' : 'console');
  return result;
}

function saysNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === undefined || value === '' || value === false;
}
