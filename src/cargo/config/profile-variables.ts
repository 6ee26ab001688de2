import { profileSettings } from '../../base/cargo-variables.ts';
import { isTable, type Table } from '../manifest/toml.ts';

/**
 * `[profile]` with what `CARGO_PROFILE_DEV_OPT_LEVEL` and its like say. Variables for single packages
 * (`CARGO_PROFILE_DEV_PACKAGE_FOO_OPT_LEVEL`) Cargo does not heed.
 */
export function profileVariables(
  profiles: Table,
  variables: Readonly<Record<string, string | undefined>>,
): Table {
  let result = profiles;
  for (const [variable, text] of Object.entries(variables)) {
    const said = text === undefined ? undefined : profileSetting(variable, text, profiles);
    if (said !== undefined) result = withValue(result, said.path, said.value);
  }
  return result;
}

/** What a variable says of a profile; undefined where that is nothing. */
export function profileSetting(
  variable: string,
  text: string,
  profiles: Table = {},
): { readonly path: readonly string[]; readonly value: string | number | boolean } | undefined {
  const words = /^CARGO_PROFILE_(.+)$/.exec(variable)?.[1]?.toLowerCase().replaceAll('_', '-');
  const key = profileSettings.find((one) => words?.endsWith(`-${one}`) === true);
  if (words === undefined || words.includes('-package-') || key === undefined) return undefined;
  return {
    path: [...placeOf(words.slice(0, -key.length - 1), profiles), key],
    value: typed(text),
  };
}

/** `release-build-override` → profile and table in it. */
function placeOf(words: string, profiles: Table): readonly [string, ...string[]] {
  const override = /^(.+)-build-override$/.exec(words)?.[1];
  return override === undefined
    ? [nameOf(words, profiles)]
    : [nameOf(override, profiles), 'build-override'];
}

/** Variables have no dashes: a name that is known with an underscore is meant. */
function nameOf(words: string, table: Table): string {
  return Object.keys(table).find((name) => name.replaceAll('_', '-') === words) ?? words;
}

function typed(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^\d+$/.test(text) ? Number(text) : text;
}

function withValue(table: Table, [key = '', ...rest]: readonly string[], value: unknown): Table {
  if (rest.length === 0) return { ...table, [key]: value };
  const inner = table[key];
  return { ...table, [key]: withValue(isTable(inner) ? inner : {}, rest, value) };
}
