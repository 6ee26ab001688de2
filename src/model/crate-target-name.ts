/** By what name people know a target of a package that Cargo's rules build. */
export interface CrateTargetName {
  /** `doc`: the examples in a library's documentation. */
  readonly kind: 'lib' | 'bin' | 'example' | 'test' | 'bench' | 'doc';
  readonly name: string;
  /** Whether `--tests` means its tests, and `--benches`. */
  readonly isTested: boolean;
  readonly isBenched: boolean;
}
