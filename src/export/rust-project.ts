import { posix } from 'node:path';
import type { Model } from '../model/model.ts';
import type { CrateFacts, PlannedTarget } from '../model/planned-target.ts';

/** What rust-analyzer reads where there is no Cargo. */
export interface RustProject {
  readonly sysroot: string;
  readonly sysroot_src: string;
  readonly crates: readonly RustProjectCrate[];
  /** What an editor runs: `{label}` stands for a crate's build label, `{test_id}` for a test's path. */
  readonly runnables: readonly RustProjectRunnable[];
}

export interface RustProjectRunnable {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly kind: 'check' | 'run' | 'testOne' | 'flycheck';
}

export interface RustProjectCrate {
  readonly display_name: string;
  readonly root_module: string;
  readonly edition: string;
  readonly cfg: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly source: {
    readonly include_dirs: readonly string[];
    readonly exclude_dirs: readonly string[];
  };
  readonly build?: {
    readonly label: string;
    readonly build_file: string;
    readonly target_kind: 'bin' | 'lib' | 'test';
  };
  readonly is_proc_macro: boolean;
  readonly deps: readonly { readonly crate: number; readonly name: string }[];
  readonly is_workspace_member: boolean;
  readonly proc_macro_dylib_path?: string;
}

/** `rust-project.json`, or undefined for a project without crates. `kaon` is how it is run. */
export function rustProject(
  model: Model,
  targets: readonly PlannedTarget[],
  kaon: readonly string[] = ['kaon'],
): RustProject | undefined {
  const made = targets.flatMap((target) =>
    target.crate === undefined ? [] : [{ target, crate: target.crate }],
  );
  if (made.length === 0) return undefined;
  const facts = model.toolchains.get('host')?.get('rust')?.facts;
  const sysroot = facts?.['sysroot'] ?? '';
  const all = made.map(({ crate }) => crate);
  return {
    sysroot,
    sysroot_src: `${sysroot}/lib/rustlib/src/rust/library/`,
    crates: made.map(({ target, crate }) => ({
      ...projectCrate(crate, all),
      env: { MESON_BUILD_ROOT: model.buildRoot },
      ...buildOf(model, target),
    })),
    runnables: runnables(model, kaon),
  };
}

function projectCrate(
  crate: CrateFacts,
  all: readonly CrateFacts[],
): Omit<RustProjectCrate, 'env' | 'build'> {
  return {
    display_name: crate.displayName,
    root_module: crate.rootModule,
    edition: crate.edition,
    cfg: crate.cfgs,
    source: { include_dirs: [posix.dirname(crate.rootModule)], exclude_dirs: [] },
    is_proc_macro: crate.procMacro !== undefined,
    deps: crate.dependencies.flatMap(({ target, name }) => {
      const index = all.findLastIndex((other) => other.name === target);
      return index === -1 ? [] : [{ crate: index, name }];
    }),
    is_workspace_member: crate.isWorkspaceMember,
    ...(crate.procMacro !== undefined && { proc_macro_dylib_path: crate.procMacro }),
  };
}

/** How an editor asks kaon for the target of a crate. */
function buildOf(
  { sourceRoot, targets }: Model,
  { id, name, subdir, type }: PlannedTarget,
): Pick<RustProjectCrate, 'build'> {
  const target = targets.get(id);
  if (target.kind !== 'build') return {};
  const isTest = target.rust?.test === true;
  return {
    build: {
      label: `${subdir === '' ? '' : `${subdir}/`}${name}:${type}`,
      build_file: posix.join(sourceRoot, target.definedIn.path),
      target_kind: isTest ? 'test' : target.type === 'executable' ? 'bin' : 'lib',
    },
  };
}

/** Checking as one saves prints rustc's JSON, for the whole project: a crate's users may break with it. */
function runnables(
  { sourceRoot, buildRoot }: Model,
  kaon: readonly string[],
): RustProjectRunnable[] {
  const [program = 'kaon', ...before] = kaon;
  const run = (kind: RustProjectRunnable['kind'], ...words: readonly string[]) => ({
    program,
    args: [...before, ...words],
    cwd: sourceRoot,
    kind,
  });
  return [
    run('check', 'compile', '-C', buildRoot, '{label}'),
    run('run', 'run', '-C', buildRoot, '{label}'),
    run('testOne', 'run', '-C', buildRoot, '{label}', '--', '--exact', '--nocapture', '{test_id}'),
    run('flycheck', 'compile', '-C', buildRoot, 'clippy-json'),
  ];
}
