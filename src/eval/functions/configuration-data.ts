import { pythonRepr } from '../../base/python-repr.ts';
import { dictionary } from '../argument-type.ts';
import type { Call } from '../call.ts';
import { builtin, optional } from '../declare.ts';
import { reprValue } from '../interpreter/show-value.ts';
import { ConfigurationDataObject } from '../objects/configuration-data.ts';
import { force, type Integer, Pending, type Value } from '../value.ts';

export const configurationData = builtin({
  name: 'configuration_data',
  doc: 'Values for `configure_file()`.',
  positional: [optional('values', dictionary, 'Values to begin with.')],
  returns: 'cfg_data',
  run: (call, { positional: [values] }) => {
    if (values !== undefined) call.uses('configuration_data dictionary', '0.49.0');
    return configurationOf(call, values ?? new Map());
  },
});

/** A dictionary as configuration data. Its values may still be pending. */
export function configurationOf(
  call: Call,
  values: ReadonlyMap<string, Value>,
): ConfigurationDataObject {
  for (const [name, value] of values) {
    if (value instanceof Pending || isScalar(value)) continue;
    const key = pythonRepr(pythonRepr(name));
    call.fail(
      `"configuration_data": initial value dictionary key ${key}" must be "str | int | bool", not "${reprValue(call.evaluation, value)}"`,
    );
  }
  return new ConfigurationDataObject(
    [...values].map(([name, value]) => [name, { value, description: undefined }] as const),
  );
}

/** Whether a value can stand in a configuration: forced, as the answer of a check can. */
export function isScalar(value: Value): value is string | Integer | boolean {
  return ['string', 'number', 'bigint', 'boolean'].includes(typeof force(value));
}
