import { posix } from 'node:path';
import type { Model } from '../model/model.ts';
import type { CrateFacts, PlannedCrate, PlannedTarget } from '../model/planned-target.ts';

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

/** What is known of the build, to tell rust-analyzer of it. */
export interface RustProjectInput {
  readonly model: Model;
  readonly targets: readonly PlannedTarget[];
  readonly crates?: readonly PlannedCrate[];
  /** How kaon is run. */
  readonly kaon?: readonly string[];
}

/** A project while build scripts have not spoken: their files are still to be read. */
export interface PlannedRustProject extends RustProject {
  readonly crates: readonly (RustProjectCrate & Pick<CrateFacts, 'said'>)[];
}

/** `rust-project.json`, or undefined for a project without crates. */
export function rustProject({
  model,
  targets,
  crates = [],
  kaon = ['kaon'],
}: RustProjectInput): PlannedRustProject | undefined {
  const made = [
    ...targets.flatMap((target) =>
      target.crate === undefined
        ? []
        : [{ crate: target.crate, build: buildOf(model, target).build }],
    ),
    // Editors test a crate by its own sources: those compiled for tests would be the same again.
    ...crates
      .filter(({ kind, rootModule }) => kind !== 'test' || isAlone(crates, rootModule))
      .map((crate) => ({ crate, build: unitBuild(crate) })),
  ];
  if (made.length === 0) return undefined;
  const facts = model.toolchains.get('host')?.get('rust')?.facts;
  const sysroot = facts?.['sysroot'] ?? '';
  const all = made.map(({ crate }) => crate);
  return {
    sysroot,
    sysroot_src: `${sysroot}/lib/rustlib/src/rust/library/`,
    crates: made.map(({ crate, build }) => ({
      ...projectCrate(crate, all),
      env: { MESON_BUILD_ROOT: model.buildRoot, ...variablesOf(crate) },
      source: sourceOf(crate),
      ...(build !== undefined && { build }),
      ...(crate.said !== undefined && { said: crate.said }),
    })),
    runnables: runnables(model, kaon),
  };
}

function projectCrate(
  crate: CrateFacts,
  all: readonly CrateFacts[],
): Omit<RustProjectCrate, 'env' | 'build' | 'source'> {
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

function isAlone(crates: readonly PlannedCrate[], root: string): boolean {
  return !crates.some(({ kind, rootModule }) => kind !== 'test' && rootModule === root);
}

/** What `env!()` finds in a crate. */
function variablesOf({ call }: CrateFacts): Record<string, string> {
  return Object.fromEntries(
    call.environment.flatMap((change) =>
      change.kind === 'set' && (change.name === 'OUT_DIR' || change.name.startsWith('CARGO_'))
        ? [[change.name, change.value]]
        : [],
    ),
  );
}

function sourceOf(crate: CrateFacts): RustProjectCrate['source'] {
  const out = variablesOf(crate)['OUT_DIR'];
  const own = posix.dirname(crate.rootModule);
  return { include_dirs: out === undefined ? [own] : [own, out], exclude_dirs: [] };
}

function unitBuild({ product, manifest, kind }: PlannedCrate): RustProjectCrate['build'] {
  return product === undefined
    ? undefined
    : { label: product, build_file: manifest, target_kind: kind };
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
    // What an executable target is tested by is itself; a crate of Cargo's rules has tests apart.
    run(
      'testOne',
      'run',
      '-C',
      buildRoot,
      '{label}:test',
      '--',
      '--exact',
      '--nocapture',
      '{test_id}',
    ),
    run('flycheck', 'compile', '-C', buildRoot, 'clippy-json'),
  ];
}
