import type { Integer } from '../value.ts';

/** The values of a configuration, by name. */
export type ConfigurationValues = ReadonlyMap<string, string | Integer | boolean>;

/** Who is told of what is wrong with a template. */
export interface ConfigureTeller {
  fail(message: string): never;
  uses(feature: string, since: string): void;
  deprecated(message: string): void;
}

/** A value as it stands in a text: numbers and booleans as Python writes them. */
export function valueText(value: string | Integer | boolean): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}
