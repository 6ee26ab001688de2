import type { CargoGraph } from '../../cargo/cargo-graph.ts';
import type { CrateId, WorkspaceId } from '../../cargo/cargo-world.ts';
import type { CrateMachine } from '../../cargo/crate-abi.ts';
import { type ObjectValue, objectType } from '../value.ts';

/** What `rust.workspace()` gives. */
export interface RustWorkspaceObject extends ObjectValue {
  readonly graph: CargoGraph;
  readonly workspace: WorkspaceId;
}
export const rustWorkspaceType = objectType<RustWorkspaceObject>('RustWorkspace');

/** A crate for one machine: a member of the workspace, or a subproject. */
export interface RustCrateObject extends RustWorkspaceObject {
  readonly crate: CrateId;
  readonly machine: CrateMachine;
}
export const rustCrateType = objectType<RustCrateObject>('RustCrate');
export const rustPackageType = objectType<RustCrateObject>('RustPackage', rustCrateType);
export const rustSubprojectType = objectType<RustCrateObject>('RustSubproject', rustCrateType);
