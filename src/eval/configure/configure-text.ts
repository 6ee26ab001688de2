import { isCmakeDefine, replaceCmake } from './cmake-format.ts';
import { isMesonDefine, replaceMeson } from './meson-format.ts';
import type { ConfigurationValues, ConfigureTeller } from './values.ts';

export type ConfigureFormat = 'meson' | 'cmake' | 'cmake@';

/** A file with variables and defines to be replaced. */
export interface ConfigureTemplate {
  readonly path: string;
  readonly text: string;
  readonly format: ConfigureFormat;
}

/** A template with its variables replaced. */
export interface Configured {
  readonly text: string;
  /** Variables of the template that have no value. */
  readonly missing: ReadonlySet<string>;
  /** No values were given and nothing was replaced: the file was only copied. */
  readonly useless: boolean;
}

/** Replaces the variables and defines of a template (Meson: "Configuration"). */
export function configureText(
  { path, text, format }: ConfigureTemplate,
  values: ConfigurationValues,
  tell: ConfigureTeller,
): Configured {
  const missing = new Set<string>();
  let useless = values.size === 0;
  const context = { values, missing, tell, atOnly: format === 'cmake@' };
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const result = lines.map((line) => {
    const isDefine = format === 'meson' ? isMesonDefine(line) : isCmakeDefine(line);
    const alien = format === 'meson' ? /#\s*cmakedefine/.test(line) : line.includes('#mesondefine');
    if (!isDefine && alien)
      tell.fail(`Format error in ${path}: saw "${line.trim()}" when format set to "${format}"`);
    const before = missing.size;
    const replaced = format === 'meson' ? replaceMeson(line, context) : replaceCmake(line, context);
    if (isDefine || missing.size > before) useless = false;
    return replaced;
  });
  return { text: result.join(''), missing, useless };
}
