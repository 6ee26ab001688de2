import type { DeclaredCrates } from '../cargo/crate-build.ts';
import { type ObjectValue, objectType } from '../value.ts';

/** What `rust.workspace('FOLDER')` gives: crates that are built as Cargo builds them. */
export interface CratesObject extends ObjectValue {
  readonly crates: DeclaredCrates;
}
export const cratesType = objectType<CratesObject>('RustCrates');
