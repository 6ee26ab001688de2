import { isTable, type Table } from '../manifest/toml.ts';
import { typeOf } from '../manifest/type-of.ts';
import type { Judged, ManifestFault } from './judged.ts';
import { profileNameFault } from './profile-name.ts';

const builtin = new Set(['dev', 'release', 'test', 'bench', 'doc']);

/** Profiles that say what they may not. */
export function profileFaults({ toml, isRoot, configured }: Judged): readonly ManifestFault[] {
  if (!isRoot || !isTable(toml['profile'])) return [];
  const profiles = profilesIn(toml['profile'], configured);
  return Object.entries(toml['profile']).flatMap(([name, value]) => {
    const profile = isTable(value) ? value : {};
    const packages = isTable(profile['package']) ? profile['package'] : {};
    const odd = profileNameFault(name);
    const override = profile['build-override'];
    const parts = [...Object.values(packages), override].filter(isTable);
    return [
      ...[profile, ...parts].flatMap(oddValues),
      ...(odd === undefined ? [] : [{ key: name, message: odd }]),
      ...inheritFault(name, profiles),
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
function inheritFault(name: string, profiles: Profiles): ManifestFault[] {
  const said = (message: string): ManifestFault[] => [{ key: name, message }];
  if (roots.has(name))
    return profiles.parentOf(name) === undefined
      ? []
      : said(`\`inherits\` must not be specified in root profile \`${name}\``);
  const seen = new Set([name]);
  for (let at = name; !roots.has(at); ) {
    const next = profiles.parentOf(at) ?? (builtin.has(at) ? 'dev' : undefined);
    // What inherits from such a one is right itself.
    const isOthers = at !== name && profiles.isJudged(at);
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
    if (!builtin.has(next) && !profiles.has(next))
      return isOthers
        ? []
        : said(`profile \`${at}\` inherits from \`${next}\`, but that profile is not defined`);
    seen.add(next);
    at = next;
  }
  return [];
}

interface Profiles {
  /** Whether the manifest has it. */
  readonly isJudged: (name: string) => boolean;
  readonly has: (name: string) => boolean;
  readonly parentOf: (name: string) => string | undefined;
}

function profilesIn(manifest: Table, configured: Table): Profiles {
  const of = (name: string): readonly Table[] => [manifest[name], configured[name]].filter(isTable);
  return {
    isJudged: (name) => isTable(manifest[name]),
    has: (name) => of(name).length > 0,
    parentOf: (name) =>
      of(name)
        .map(({ inherits }) => inherits)
        .findLast((one) => typeof one === 'string'),
  };
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
