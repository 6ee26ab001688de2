import type { ConfigurationValues, ConfigureTeller } from './values.ts';

/** What replacing a line needs; variables without a value are added to `missing`. */
export interface ReplaceContext {
  readonly values: ConfigurationValues;
  readonly missing: Set<string>;
  readonly tell: ConfigureTeller;
  /** `@NAME@` only, not `${NAME}`. */
  readonly atOnly: boolean;
}
