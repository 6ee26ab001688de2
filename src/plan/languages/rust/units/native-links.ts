import { dirname } from 'node:path/posix';
import type { CrateBuild, CrateUnit } from '../../../../model/crate-graph.ts';
import type { LinkItem } from '../../../../model/target.ts';
import { familyFor } from '../../../compile/compile-units.ts';
import type { PlanContext } from '../../../context.ts';
import { standardLibraries } from '../../../link/link-arguments.ts';
import { hasRustAbi, linkableFile, linkClosure } from '../../../link/link-closure.ts';
import { linkedDependencies, linkInput } from '../../../link/link-inputs.ts';
import { absolutePath } from '../../../paths.ts';
import { buildTarget, resolveTarget } from '../../../resolve-target.ts';

/** What a unit links of other targets: arguments for rustc or rustdoc, and the files behind them. */
export interface NativeLinks {
  readonly args: readonly string[];
  readonly inputs: readonly string[];
  /** Entries of the rpath that only mean something in the build directory. */
  readonly rpath: readonly string[];
}

const nothing: NativeLinks = { args: [], inputs: [], rpath: [] };

/** Programs and tests of the workspace's own packages link what the build file says. */
export function nativeLinks(context: PlanContext, build: CrateBuild, unit: CrateUnit): NativeLinks {
  const { isMember } = build.graph.packages.get(unit.package);
  const isTool =
    unit.target.kind === 'build-script' || unit.target.crateTypes.includes('proc-macro');
  const isLinked = unit.mode === 'test' || unit.mode === 'doctest' || unit.target.kind !== 'lib';
  if (build.links === undefined || !isMember || isTool || !isLinked) return nothing;
  const before = known.get(build);
  if (before !== undefined) return before;
  const links = linksOf(context, build.links);
  known.set(build, links);
  return links;
}

const known = new WeakMap<CrateBuild, NativeLinks>();

function linksOf(context: PlanContext, id: NonNullable<CrateBuild['links']>): NativeLinks {
  const resolved = resolveTarget(context, id);
  const family = familyFor(context, resolved.target, 'rust');
  if (family === undefined) return nothing;
  const closure = linkClosure(context, id).filter(
    ({ target }) => !hasRustAbi(buildTarget(context, target)),
  );
  const isWhole = (item: LinkItem) =>
    resolved.linkWhole.some(({ target }) => target === item.target);
  const at = (path: string) => absolutePath(context.paths, path);
  const rpath = new Set<string>();
  const linkArgs = closure.flatMap((item) => {
    const file = linkableFile(context, item);
    if (file === undefined) return [];
    const files = isWhole(item) ? (family.link?.whole([at(file)]) ?? [at(file)]) : [at(file)];
    if (!isShared(context, item)) return files;
    const folder = at(dirname(file));
    rpath.add(folder);
    return [...files, `-Wl,-rpath,${folder}`];
  });
  const external = linkedDependencies(context, resolved).flatMap((one) => one.linkArgs);
  const runtime = standardLibraries(context, resolved, 'rust');
  return {
    args: [...linkArgs, ...external, ...runtime].flatMap((arg) => ['-C', `link-arg=${arg}`]),
    inputs: closure.flatMap((item) => linkInput(context, item) ?? []),
    rpath: [...rpath],
  };
}

function isShared(context: PlanContext, { target }: LinkItem): boolean {
  const type = buildTarget(context, target)?.type;
  return type === 'shared-library' || type === 'shared-module';
}
