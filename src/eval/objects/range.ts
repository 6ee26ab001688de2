import { type Integer, type ObjectValue, objectType } from '../value.ts';

/** `range()`: counted through, never stored. */
export interface RangeObject extends ObjectValue {
  readonly start: Integer;
  readonly stop: Integer;
  readonly step: Integer;
}
export const rangeType = objectType<RangeObject>('RangeHolder');
