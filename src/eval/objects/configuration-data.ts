import { type ObjectType, type ObjectValue, objectType, type Value } from '../value.ts';

export const configurationDataType: ObjectType<ConfigurationDataObject> =
  objectType('ConfigurationData');

export interface ConfigurationEntry {
  /** May be pending: setting does not look at it. */
  readonly value: Value;
  readonly description: string | undefined;
}

/** What `configuration_data()` gives. Assignment copies it; it is frozen once a file was made of it. */
export class ConfigurationDataObject implements ObjectValue {
  readonly type: ObjectType = configurationDataType;
  readonly entries: Map<string, ConfigurationEntry>;
  used = false;

  constructor(entries: Iterable<readonly [string, ConfigurationEntry]> = []) {
    this.entries = new Map(entries);
  }

  clone(): ConfigurationDataObject {
    const copy = new ConfigurationDataObject(this.entries);
    copy.used = this.used;
    return copy;
  }
}
