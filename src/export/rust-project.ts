import type { Model } from '../model/model.ts';
import type { CrateFacts, PlannedTarget } from '../model/planned-target.ts';

/** What rust-analyzer reads where there is no Cargo. */
export interface RustProject {
  readonly sysroot: string;
  readonly sysroot_src: string;
  readonly crates: readonly RustProjectCrate[];
}

export interface RustProjectCrate {
  readonly display_name: string;
  readonly root_module: string;
  readonly edition: string;
  readonly cfg: readonly string[];
  readonly is_proc_macro: boolean;
  readonly deps: readonly { readonly crate: number; readonly name: string }[];
  readonly is_workspace_member: boolean;
  readonly proc_macro_dylib_path?: string;
}

/** `rust-project.json`, or undefined for a project without crates. */
export function rustProject(
  model: Model,
  targets: readonly PlannedTarget[],
): RustProject | undefined {
  const crates = targets.flatMap(({ crate }) => crate ?? []);
  if (crates.length === 0) return undefined;
  const facts = model.toolchains.get('host')?.get('rust')?.facts;
  const sysroot = facts?.['sysroot'] ?? '';
  return {
    sysroot,
    sysroot_src: `${sysroot}/lib/rustlib/src/rust/library/`,
    crates: crates.map((crate) => projectCrate(crate, crates)),
  };
}

function projectCrate(crate: CrateFacts, all: readonly CrateFacts[]): RustProjectCrate {
  return {
    display_name: crate.displayName,
    root_module: crate.rootModule,
    edition: crate.edition,
    cfg: crate.cfgs,
    is_proc_macro: crate.procMacro !== undefined,
    deps: crate.dependencies.flatMap(({ target, name }) => {
      const index = all.findLastIndex((other) => other.name === target);
      return index === -1 ? [] : [{ crate: index, name }];
    }),
    is_workspace_member: crate.isWorkspaceMember,
    ...(crate.procMacro !== undefined && { proc_macro_dylib_path: crate.procMacro }),
  };
}
