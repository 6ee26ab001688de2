import { isTable, type Table } from '../manifest/toml.ts';
import { typeOf } from '../manifest/type-of.ts';
import { parentProfile } from '../units/profiles.ts';
import type { Judged, ManifestFault } from './judged.ts';
import { profileNameFault } from './profile-name.ts';

const builtin = new Set(['dev', 'release', 'test', 'bench', 'doc']);

/** Profiles that say what they may not. */
export function profileFaults({ toml, isRoot, configured }: Judged): readonly ManifestFault[] {
  if (!isTable(toml['profile'])) return [];
  const layers = [toml['profile'], configured];
  return Object.entries(toml['profile']).flatMap(([name, value]) => {
    const profile = isTable(value) ? value : {};
    const packages = isTable(profile['package']) ? profile['package'] : {};
    const odd = profileNameFault(name);
    const override = profile['build-override'];
    const parts = [...Object.values(packages), override].filter(isTable);
    return [
      ...[profile, ...parts].flatMap(oddValues),
      ...(odd === undefined ? [] : [{ key: name, message: odd }]),
      // Of others than the root's no profile is used.
      ...(isRoot ? inheritFault(name, layers) : []),
      ...Object.values(packages).flatMap((one) =>
        isTable(one)
          ? [
              ...wholeOnly(one, 'package'),
              ...(one['package'] === undefined
                ? []
                : [{ key: 'package', message: 'package-specific profiles cannot be nested' }]),
            ]
          : [],
      ),
      ...(isTable(override) ? wholeOnly(override, 'build-override') : []),
    ];
  });
}

/** Why a profile rests on none that is there. The user's configuration may have a part of it. */
function inheritFault(name: string, layers: readonly Table[]): ManifestFault[] {
  const [judged = {}] = layers;
  const said = (message: string): ManifestFault[] => [{ key: name, message }];
  if (roots.has(name))
    return parentProfile(name, layers) === undefined
      ? []
      : said(`\`inherits\` must not be specified in root profile \`${name}\``);
  const seen = new Set([name]);
  for (let at = name; !roots.has(at); ) {
    const next = parentProfile(at, layers);
    // What inherits from such a one is right itself.
    const isOthers = at !== name && isTable(judged[at]);
    if (next === undefined)
      return isOthers
        ? []
        : said(
            `profile \`${at}\` is missing an \`inherits\` directive (\`inherits\` is required for all profiles except \`dev\` or \`release\`)`,
          );
    if (seen.has(next))
      return said(
        `profile inheritance loop detected with profile \`${at}\` inheriting \`${next}\``,
      );
    if (!builtin.has(next) && !layers.some((layer) => isTable(layer[next])))
      return isOthers
        ? []
        : said(`profile \`${at}\` inherits from \`${next}\`, but that profile is not defined`);
    seen.add(next);
    at = next;
  }
  return [];
}

const roots = new Set(['dev', 'release']);

/** What counts for all that is linked together cannot be said of a part. */
export function wholeOnly(table: Table, what: string): readonly ManifestFault[] {
  return ['panic', 'lto', 'rpath']
    .filter((key) => table[key] !== undefined)
    .map((key) => ({ key, message: `\`${key}\` may not be specified in a \`${what}\` profile` }));
}

/** Values that Cargo does not read. Those that it hands on, whatever they are, rustc refuses. */
function oddValues(profile: Table): readonly ManifestFault[] {
  return Object.entries(profile).flatMap(([key, value]) => {
    const message = oddValue(key, value);
    return message === undefined ? [] : [{ key, message }];
  });
}

/** Why a setting has a value that Cargo does not read. */
export function oddValue(key: string, value: unknown): string | undefined {
  const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
  return check?.(value);
}

type Check = (value: unknown) => string | undefined;

const isInteger = (value: unknown): boolean =>
  typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));

const flag: Check = (value) =>
  typeof value === 'boolean' ? undefined : `invalid type: ${typeOf(value)}, expected a boolean`;

const checks: Readonly<Record<string, Check>> = {
  'opt-level': (value) => {
    if (value === 's' || value === 'z' || isInteger(value)) return undefined;
    return typeof value === 'string'
      ? `must be \`0\`, \`1\`, \`2\`, \`3\`, \`s\` or \`z\`, but found the string: "${value}"`
      : `invalid type: ${typeOf(value)}, expected an optimization level`;
  },
  debug: (value) => {
    if (typeof value !== 'string' || debugLevels.has(value)) return undefined;
    return `invalid value: ${typeOf(value)}, expected a boolean, 0, 1, 2, "none", "limited", "full", "line-tables-only", or "line-directives-only"`;
  },
  panic: (value) =>
    typeof value !== 'string' || ['unwind', 'abort', 'immediate-abort'].includes(value)
      ? undefined
      : `\`panic\` setting of \`${value}\` is not a valid setting, must be \`unwind\`, \`abort\`, or \`immediate-abort\`.`,
  'codegen-units': (value) =>
    isInteger(value) ? undefined : `invalid type: ${typeOf(value)}, expected u32`,
  incremental: flag,
  'debug-assertions': flag,
  'overflow-checks': flag,
  rpath: flag,
};

const debugLevels = new Set([
  'none',
  'limited',
  'full',
  'line-tables-only',
  'line-directives-only',
]);
