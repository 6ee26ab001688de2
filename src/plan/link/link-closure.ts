import { join } from 'node:path/posix';
import type { BuildTarget, LinkItem, TargetId } from '../../model/target.ts';
import type { PlanContext } from '../context.ts';
import { targetOutputs } from '../paths.ts';
import { buildTarget, isInternalLibrary, resolveTarget } from '../resolve-target.ts';
import type { ResolvedTarget } from '../resolved-target.ts';

/** Whether a target is a crate that only rustc understands (`rlib`, `dylib`, `proc-macro`). */
export function hasRustAbi(target: BuildTarget | undefined): boolean {
  const crateType = target?.rust?.crateType;
  return crateType === 'rlib' || crateType === 'dylib' || crateType === 'proc-macro';
}

/**
 * All that must be named when a target is linked: its libraries, and what its static libraries
 * need in turn. Installed archives carry their internal ones already.
 */
export function linkClosure(context: PlanContext, id: TargetId): readonly LinkItem[] {
  const resolved = resolveTarget(context, id);
  const known = closures.get(resolved);
  if (known !== undefined) return known;
  const closure = walkedClosure(context, resolved);
  closures.set(resolved, closure);
  return closure;
}

const closures = new WeakMap<ResolvedTarget, readonly LinkItem[]>();

function walkedClosure(context: PlanContext, resolved: ResolvedTarget): readonly LinkItem[] {
  const result = new Map<string, LinkItem>();
  const walk: Walk = { context, result, visited: new Set() };
  const { target, linkWith, linkWhole } = resolved;
  const byRustc = target.rust !== undefined;
  for (const item of [...linkWith, ...linkWhole]) {
    if (result.has(keyOf(item))) continue;
    result.set(keyOf(item), item);
    if (isArchive(context, item)) addNeeds(walk, item, { internals: true, byRustc });
  }
  return [...result.values()];
}

interface Walk {
  readonly context: PlanContext;
  readonly result: Map<string, LinkItem>;
  readonly visited: Set<string>;
}

interface WalkRules {
  /** Internal libraries are to be named too: no archive on the way has merged them. */
  readonly internals: boolean;
  /** rustc itself finds what crates need. */
  readonly byRustc: boolean;
}

function addNeeds(walk: Walk, item: LinkItem, rules: WalkRules): void {
  const { context } = walk;
  if (buildTarget(context, item.target) === undefined) return;
  const internals = rules.internals && isInternalLibrary(context, item);
  const key = `${keyOf(item)}:${internals}:${rules.byRustc}`;
  if (walk.visited.has(key)) return;
  walk.visited.add(key);
  const { linkWith, linkWhole } = resolveTarget(context, item.target);
  for (const need of linkWith) {
    const library = buildTarget(context, need.target);
    const crate = hasRustAbi(library);
    if (!rules.byRustc && crate) {
      // A crate is already inside the archive that links it; only its own C libraries are not.
      if (library?.rust?.crateType === 'proc-macro') continue;
    } else if (internals || !isInternalLibrary(context, need)) {
      walk.result.set(keyOf(need), need);
    }
    if (library?.type === 'static-library')
      addNeeds(walk, need, { internals, byRustc: rules.byRustc && crate });
  }
  for (const need of linkWhole) {
    const crate = hasRustAbi(buildTarget(context, need.target));
    addNeeds(walk, need, { internals, byRustc: rules.byRustc && crate });
  }
}

/** Every shared library that a target needs at run time, near ones first. */
export function runtimeLibraries(context: PlanContext, id: TargetId): readonly BuildTarget[] {
  const libraries: BuildTarget[] = [];
  const seen = new Set<TargetId>();
  const waiting = [id];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const target = buildTarget(context, next);
    if (target === undefined) continue;
    if (target.type === 'shared-library' || target.type === 'shared-module') libraries.push(target);
    const { linkWith, linkWhole } = resolveTarget(context, next);
    waiting.push(...[...linkWith, ...linkWhole].map((item) => item.target));
  }
  return libraries;
}

/** Folders of the build tree in which a target's shared libraries lie, for its rpath. */
export function sharedLibraryFolders(context: PlanContext, id: TargetId): ReadonlySet<string> {
  const folders = new Set<string>();
  const visited = new Set<TargetId>();
  const visit = (at: TargetId): void => {
    if (visited.has(at) || buildTarget(context, at) === undefined) return;
    visited.add(at);
    for (const item of resolveTarget(context, at).linkWith) {
      if (!isArchive(context, item))
        folders.add(context.model.targets.get(item.target).buildSubdir);
      visit(item.target);
    }
  };
  visit(id);
  return folders;
}

/** The file that a link names for a library; undefined for a program, whose symbols are found when it loads a module. */
export function linkableFile(context: PlanContext, item: LinkItem): string | undefined {
  const target = buildTarget(context, item.target);
  if (target?.importLibrary !== undefined) return join(target.buildSubdir, target.importLibrary);
  return target?.type === 'executable' ? undefined : linkedFile(context, item);
}

/** The output that a link item stands for. */
export function linkedFile(context: PlanContext, item: LinkItem): string | undefined {
  const target = context.model.targets.get(item.target);
  if (target.kind !== 'build' && target.kind !== 'custom') return undefined;
  return targetOutputs(target)[item.kind === 'output' ? item.output : 0];
}

function isArchive(context: PlanContext, item: LinkItem): boolean {
  return buildTarget(context, item.target)?.type === 'static-library';
}

function keyOf(item: LinkItem): string {
  return item.kind === 'output' ? `${item.target}[${item.output}]` : `${item.target}`;
}
