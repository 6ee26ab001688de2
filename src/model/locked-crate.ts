import type { Place } from '../diag/diagnostic.ts';

/** A crate that a lock file promises, as a wrap would: what the wrap room makes packages of. */
export interface LockedCrate {
  /** Folder below `subprojects/`. */
  readonly directory: string;
  /** The name of its subproject. */
  readonly name: string;
  /** The dependency names that its packages answer to. */
  readonly provides: readonly string[];
  readonly from:
    | {
        readonly kind: 'registry';
        readonly crate: string;
        readonly version: string;
        readonly sha256: string;
      }
    | { readonly kind: 'git'; readonly url: string; readonly revision: string };
  readonly place: Place;
}
