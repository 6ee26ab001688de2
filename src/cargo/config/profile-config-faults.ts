import { oddValue, wholeOnly } from '../faults/profile-faults.ts';
import { isTable, type Table } from '../manifest/toml.ts';
import type { ConfigFault } from './config-faults.ts';
import { type ConfigValue, configAt, configEntries, plainTable } from './config-value.ts';
import { profileSetting } from './profile-variables.ts';

/** Profiles of the configuration that say what Cargo does not read. */
export function profileConfigFaults(root: ConfigValue): readonly ConfigFault[] {
  return configEntries(configAt(root, 'profile')).flatMap(([name, value]) => {
    const path = ['profile', name];
    if (value.kind !== 'table')
      return [
        {
          path,
          message: `could not load config key \`${path.join('.')}\``,
          hint: `expected a table for \`${path.join('.')}\``,
        },
      ];
    return ofProfile(name, plainTable(value));
  });
}

/** Variables that would say such, by their names. */
export function profileVariableFaults(
  variables: Readonly<Record<string, string | undefined>>,
): readonly ConfigFault[] {
  return Object.entries(variables).flatMap(([variable, text]) => {
    const said = text === undefined ? undefined : profileSetting(variable, text);
    if (said === undefined) return [];
    const where = `environment variable \`${variable}\``;
    const [name = '', ...others] = said.path;
    const key = others.at(-1) ?? '';
    const whole = others.length > 1 ? wholeOnly({ [key]: said.value }, 'build-override') : [];
    const why = whole[0]?.message ?? textFault(key, text ?? '', said.value);
    if (why === undefined) return [];
    const isWhole = whole.length > 0 || key === 'panic';
    const what = isWhole
      ? `config profile \`${name}\` is not valid`
      : `could not load config key \`${['profile', ...said.path].join('.')}\``;
    return [{ path: ['profile', ...said.path], message: `error in ${where}: ${what}`, hint: why }];
  });
}

function textFault(key: string, text: string, value: unknown): string | undefined {
  if (flags.has(key))
    return typeof value === 'boolean' ? undefined : 'provided string was not `true` or `false`';
  if (key === 'codegen-units')
    return /^\d+$/.test(text) ? undefined : 'invalid digit found in string';
  return oddValue(key, value);
}

const flags = new Set(['incremental', 'debug-assertions', 'overflow-checks', 'rpath']);

function ofProfile(name: string, profile: Table): readonly ConfigFault[] {
  const packages = isTable(profile['package']) ? Object.entries(profile['package']) : [];
  const override = profile['build-override'];
  const parts = [
    ...packages.map(([spec, table]) => ({ path: ['package', spec], table, what: 'package' })),
    { path: ['build-override'], table: override, what: 'build-override' },
  ];
  const path = ['profile', name];
  const inherits =
    ['dev', 'release'].includes(name) && profile['inherits'] !== undefined
      ? [
          {
            path: [...path, 'inherits'],
            message: `\`inherits\` must not be specified in root profile \`${name}\``,
          },
        ]
      : [];
  return [
    ...inherits,
    ...values(path, name, profile),
    ...parts.flatMap((part) =>
      isTable(part.table)
        ? [
            ...values([...path, ...part.path], name, part.table),
            ...wholeOnly(part.table, part.what).map(({ key, message }) =>
              notValid([...path, ...part.path, key], name, message),
            ),
          ]
        : [],
    ),
  ];
}

function values(path: readonly string[], name: string, table: Table): readonly ConfigFault[] {
  return Object.entries(table).flatMap(([key, value]) => {
    const why = oddValue(key, value);
    if (why === undefined) return [];
    const at = [...path, key];
    if (key === 'panic') return [notValid(at, name, why)];
    return [{ path: at, message: `could not load config key \`${at.join('.')}\``, hint: why }];
  });
}

function notValid(path: readonly string[], profile: string, hint: string): ConfigFault {
  return { path, message: `config profile \`${profile}\` is not valid`, hint };
}
