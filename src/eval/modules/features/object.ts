import type { FileObject } from '../../objects/file.ts';
import type { TargetObject } from '../../objects/target.ts';
import { type ObjectValue, objectType } from '../../value.ts';

/** A word for the compiler or the code, and what it does to words of features below. */
export interface FeatureWord {
  readonly value: string;
  /** Earlier words that it takes the place of. */
  readonly replaces?: RegExp;
  /** Parts of those that it keeps, put behind it. */
  readonly keeps?: RegExp;
  /** What stands between such parts. */
  readonly joiner: string;
}

/** What `update()` changes. */
export interface FeatureFacts {
  name: string;
  /** The higher, the more is gained: features are sorted by it. */
  interest: number;
  implies: readonly CpuFeatureObject[];
  group: readonly string[];
  detect: readonly FeatureWord[];
  args: readonly FeatureWord[];
  testCode: string | FileObject;
  extraTests: ReadonlyMap<string, string | FileObject>;
  /** Why it is not to be used; empty when it may. */
  disable: string;
}

/** Something that processors of a kind can do: `features.new()`. It changes by `update`. */
export interface CpuFeatureObject extends ObjectValue {
  readonly facts: FeatureFacts;
}
export const cpuFeatureType = objectType<CpuFeatureObject>('FeatureObject');

/** One library for each set of features: `features.multi_targets()`. */
export interface FeatureTargetsObject extends ObjectValue {
  readonly baseline: TargetObject[];
  readonly targets: {
    readonly features: readonly CpuFeatureObject[];
    readonly libraries: TargetObject[];
  }[];
}
export const featureTargetsType = objectType<FeatureTargetsObject>('TargetsObject');

/** All that features imply, directly or not; themselves only where others imply them. */
export function impliedBy(features: Iterable<CpuFeatureObject>): ReadonlySet<CpuFeatureObject> {
  const result = new Set<CpuFeatureObject>();
  const waiting = [...features];
  const seen = new Set<CpuFeatureObject>();
  for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
    if (seen.has(one)) continue;
    seen.add(one);
    for (const implied of one.facts.implies) {
      result.add(implied);
      waiting.push(implied);
    }
  }
  return result;
}

/** Features with all that they imply. */
export function closureOf(features: Iterable<CpuFeatureObject>): ReadonlySet<CpuFeatureObject> {
  const given = [...features];
  return new Set([...impliedBy(given), ...given]);
}

/** The least interesting first. */
export function byInterest(features: Iterable<CpuFeatureObject>): readonly CpuFeatureObject[] {
  return [...features].sort((a, b) => a.facts.interest - b.facts.interest);
}

/** Those that no other one implies; where all imply each other, the most interesting. */
export function prevalent(features: Iterable<CpuFeatureObject>): readonly CpuFeatureObject[] {
  const given = byInterest(features);
  const implied = impliedBy(given);
  const own = given.filter((one) => !implied.has(one));
  return own.length > 0 ? own : given.slice(-1);
}

/** How interesting several features are together. */
export function rankOf(features: readonly CpuFeatureObject[]): number {
  const own = prevalent(features);
  return Math.max(...own.map(({ facts }) => facts.interest)) + own.length - 1;
}
