import { err, ok, type Result } from '../../base/result.ts';
import { isTable, type Table } from '../manifest/toml.ts';

/** A value of Cargo's configuration, with what its relative paths rest on. */
export type ConfigValue =
  | {
      readonly kind: 'value';
      readonly value: string | number | boolean;
      /** The folder that holds `.cargo`; that of the process for variables. */
      readonly base: string;
    }
  | { readonly kind: 'list'; readonly items: readonly ConfigValue[] }
  | { readonly kind: 'table'; readonly entries: ReadonlyMap<string, ConfigValue> };

export const noConfig: ConfigValue = { kind: 'table', entries: new Map() };

/**
 * A value of a configuration file, with the folder that its paths are relative to; undefined where Cargo
 * knows no such type.
 */
export function configValue(value: unknown, base: string): ConfigValue | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return { kind: 'value', value, base };
  if (typeof value === 'bigint') return { kind: 'value', value: Number(value), base };
  if (Array.isArray(value))
    return { kind: 'list', items: value.flatMap((one) => configValue(one, base) ?? []) };
  if (!isTable(value)) return undefined;
  const entries = Object.entries(value).flatMap(([key, one]) => {
    const made = configValue(one, base);
    return made === undefined ? [] : [[key, made] as const];
  });
  return { kind: 'table', entries: new Map(entries) };
}

const kindNames = { value: 'value', list: 'array', table: 'table' } as const;

/** Lists are joined, those of nearer files behind; of single values the nearer one counts. */
export function mergeConfig(
  near: ConfigValue,
  far: ConfigValue,
  key = '',
): Result<ConfigValue, string> {
  if (near.kind !== far.kind)
    return err(
      `failed to merge key \`${key}\`: expected ${kindNames[near.kind]}, but found ${kindNames[far.kind]}`,
    );
  if (near.kind === 'list' && far.kind === 'list')
    return ok({ kind: 'list', items: [...far.items, ...near.items] });
  if (near.kind !== 'table' || far.kind !== 'table') return ok(near);
  const entries = new Map(far.entries);
  for (const [name, value] of near.entries) {
    const other = far.entries.get(name);
    const merged =
      other === undefined
        ? ok(value)
        : mergeConfig(value, other, key === '' ? name : `${key}.${name}`);
    if (!merged.ok) return merged;
    entries.set(name, merged.value);
  }
  return ok({ kind: 'table', entries });
}

/** What stands at a path of keys; undefined where nothing does. */
export function configAt(
  from: ConfigValue | undefined,
  ...path: readonly string[]
): ConfigValue | undefined {
  let at = from;
  for (const key of path) at = at?.kind === 'table' ? at.entries.get(key) : undefined;
  return at;
}

/** Entries of a table; none where there is no table. */
export function configEntries(
  from: ConfigValue | undefined,
): readonly (readonly [string, ConfigValue])[] {
  return from?.kind === 'table' ? [...from.entries] : [];
}

/** Without what paths rest on. */
export function plainConfig(value: ConfigValue): unknown {
  switch (value.kind) {
    case 'value':
      return value.value;
    case 'list':
      return value.items.map(plainConfig);
    case 'table':
      return Object.fromEntries([...value.entries].map(([key, one]) => [key, plainConfig(one)]));
  }
}

/** A table without the folders that its values come from; an empty one for all else. */
export function plainTable(value: ConfigValue | undefined): Table {
  const plain = value === undefined ? {} : plainConfig(value);
  return isTable(plain) ? plain : {};
}
