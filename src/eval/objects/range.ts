import { type ObjectValue, objectType } from '../value.ts';

/** `range()`: counted through, never stored. */
export interface RangeObject extends ObjectValue {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
}
export const rangeType = objectType<RangeObject>('RangeHolder');
