import { type ObjectValue, objectType } from '../value.ts';

/** What `get_option()` gives for a feature. */
export interface FeatureObject extends ObjectValue {
  readonly name: string;
  readonly value: 'enabled' | 'disabled' | 'auto';
}
export const featureType = objectType<FeatureObject>('Feature');
