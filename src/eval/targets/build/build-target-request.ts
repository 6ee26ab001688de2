import type { BuildTargetType, RustKeywords } from '../../../model/target.ts';
import type { KeywordValues } from '../../declare.ts';
import type { TargetSource } from '../argument-types.ts';
import type { anyTargetKeywords, buildTargetKeywords } from '../keywords/build-target.ts';

type Common = KeywordValues<typeof buildTargetKeywords>;
type Every = KeywordValues<typeof anyTargetKeywords>;
type Special = Omit<Every, keyof Common | 'target_type'>;

/** Keywords of a program or library: those that all take, and those of some kinds. */
export type BuildTargetValues = Common & { readonly [K in keyof Special]?: Special[K] };

/** A program or library as a build file asks for it. */
export interface BuildTargetRequest {
  readonly type: BuildTargetType;
  readonly name: string;
  readonly sources: readonly TargetSource[];
  readonly keywords: BuildTargetValues;
  /** What Rust's own functions add. */
  readonly rust?: Partial<RustKeywords>;
}
