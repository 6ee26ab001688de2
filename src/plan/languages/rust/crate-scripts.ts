import { invariant } from '../../../base/assert.ts';
import type { EnvironmentChange } from '../../../base/environment.ts';
import type { CrateBuild, CrateProduct, CrateUnit } from '../../../model/crate-graph.ts';
import type { BuildTarget, TargetId } from '../../../model/target.ts';
import type { PlanContext } from '../../context.ts';
import { absolutePath } from '../../paths.ts';
import { buildTarget, resolveTarget } from '../../resolve-target.ts';
import type { ResolvedTarget } from '../../resolved-target.ts';
import { consumerFile, type ScriptFiles, scriptFiles } from './units/unit-files.ts';

/** What build scripts have said to a crate that Meson's rules build: rustc reads it from files. */
export interface SaidByScripts {
  readonly args: readonly string[];
  readonly inputs: readonly string[];
  /** What the crate's own script sets, as a shell reads it. */
  readonly variables: string | undefined;
  /** The files of the crate's own script. */
  readonly own: { readonly args: string; readonly variables: string } | undefined;
}

/** The crate's own script, and those of all crates that are linked into it. */
export function saidByScripts(context: PlanContext, resolved: ResolvedTarget): SaidByScripts {
  const { script } = resolved.target.rust ?? {};
  const own = script && found(context, script);
  const files = linkedScripts(context, resolved).map((one) => found(context, one).files);
  const mine = own && consumerFile(own.build, own.run, consumerOf(resolved.target));
  const at = (path: string): string => `@${absolutePath(context.paths, path)}`;
  return {
    args: [...files.map(({ search }) => at(search)), ...(mine === undefined ? [] : [at(mine)])],
    inputs: [
      ...files.flatMap(({ search, libraries }) => [search, libraries]),
      ...(own === undefined || mine === undefined
        ? []
        : [mine, own.files.environment, own.files.out]),
    ],
    variables: own && absolutePath(context.paths, own.files.environment),
    own:
      own === undefined || mine === undefined
        ? undefined
        : {
            args: absolutePath(context.paths, mine),
            variables: absolutePath(context.paths, own.files.environment),
          },
  };
}

/** A command in which the variables count that a script has set. */
export function withScriptVariables(
  { variables }: SaidByScripts,
  argv: readonly string[],
): readonly string[] {
  return variables === undefined ? argv : ['sh', '-c', '. "$0"; exec "$@"', variables, ...argv];
}

/** `CARGO_…` and `OUT_DIR` for rustc. */
export function crateVariables(
  context: PlanContext,
  { rust }: BuildTarget,
): readonly EnvironmentChange[] {
  const out = rust?.script && found(context, rust.script).files.out;
  const all = {
    ...rust?.environment,
    ...(out !== undefined && { OUT_DIR: absolutePath(context.paths, out) }),
  };
  return Object.entries(all).map(([name, value]) => ({ kind: 'set', name, value }));
}

/** Files of arguments for a C linker: libraries of the system that the crates in an archive need. */
export function nativeArgumentFiles(context: PlanContext, id: TargetId): readonly string[] {
  return linkedScripts(context, resolveTarget(context, id)).map(
    (script) => found(context, script).files.native,
  );
}

/** How targets of a build file call themselves to the runner of a script. */
export function targetConsumers(
  { model }: PlanContext,
  build: CrateBuild,
  run: CrateUnit,
): readonly string[] {
  return [...model.targets.values()].flatMap((target) => {
    const script = target.kind === 'build' ? target.rust?.script : undefined;
    const isRun =
      script !== undefined &&
      model.crates?.[script.build] === build &&
      build.graph.units.get(script.unit) === run;
    return isRun && target.kind === 'build' ? [consumerOf(target)] : [];
  });
}

function consumerOf({ rust, name, type }: BuildTarget): string {
  if (rust?.test === true) return 'unit-test';
  if (rust?.crateType === 'cdylib') return 'cdylib';
  return type === 'executable' ? `bin=${rust?.environment?.['CARGO_BIN_NAME'] ?? name}` : 'lib';
}

const known = new WeakMap<ResolvedTarget, readonly CrateProduct[]>();

/** The runs of a crate's own script and of those of crates that become part of it, each once. */
function linkedScripts(context: PlanContext, resolved: ResolvedTarget): readonly CrateProduct[] {
  const before = known.get(resolved);
  if (before !== undefined) return before;
  const scripts = new Map<string, CrateProduct>();
  const seen = new Set<TargetId>();
  const pending = [resolved];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { script } = next.target.rust ?? {};
    if (script !== undefined) scripts.set(`${script.build} ${script.unit}`, script);
    for (const { target: id } of [...next.linkWith, ...next.linkWhole]) {
      const library = buildTarget(context, id);
      if (seen.has(id) || library?.rust === undefined || library.rust.crateType === 'proc-macro')
        continue;
      seen.add(id);
      pending.push(resolveTarget(context, id));
    }
  }
  const all = [...scripts.values()];
  known.set(resolved, all);
  return all;
}

function found(
  { model }: PlanContext,
  { build: at, unit }: CrateProduct,
): { readonly build: CrateBuild; readonly run: CrateUnit; readonly files: ScriptFiles } {
  const build = model.crates?.[at];
  invariant(build !== undefined, 'a script is run by one of the builds of crates');
  const run = build.graph.units.get(unit);
  return { build, run, files: scriptFiles(build, run) };
}
