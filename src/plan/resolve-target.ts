import { invariant } from '../base/assert.ts';
import type { Dependency } from '../model/dependency.ts';
import { compileArgsOf } from '../model/dependency-args.ts';
import type { FileRef, IncludeDirectories } from '../model/file.ts';
import type { BuildTarget, DependencyId, Item, LinkItem, TargetId } from '../model/target.ts';
import type { Language } from '../model/toolchain.ts';
import { cLinkLanguages } from '../toolchains/languages.ts';
import { dependencyOf, findOption, type PlanContext, toolchainsFor } from './context.ts';
import { inCompileOrder } from './languages/link-order.ts';
import { traitsOf } from './languages/traits.ts';
import type { External, Generated, ObjectItem, ResolvedTarget } from './resolved-target.ts';

/** A build target with its dependencies flattened, as Meson flattens them. Worked out once. */
export function resolveTarget(context: PlanContext, id: TargetId): ResolvedTarget {
  const known = context.resolved.get(id);
  if (known !== undefined) return known;
  const resolved = resolve(context, id);
  context.resolved.set(id, resolved);
  return resolved;
}

/** The build target of a row, or undefined where the row is another kind. */
export function buildTarget(context: PlanContext, id: TargetId): BuildTarget | undefined {
  const target = context.model.targets.get(id);
  return target.kind === 'build' ? target : undefined;
}

/** What a target gathers while its dependencies are walked. */
interface Gathered {
  readonly sources: Map<string, FileRef>;
  /** By target and output, or by list. */
  readonly generated: Map<number, Generated>;
  readonly objects: ObjectItem[];
  readonly external: External[];
  readonly includes: IncludeDirectories[];
  readonly versions: string[];
  readonly importDirectories: IncludeDirectories[];
  readonly linkWith: LinkItem[];
  readonly linkWhole: LinkItem[];
}

function resolve(context: PlanContext, id: TargetId): ResolvedTarget {
  const target = buildTarget(context, id);
  invariant(target !== undefined, `target ${id} is not a build target`);
  const gathered: Gathered = {
    sources: new Map(),
    generated: new Map(),
    objects: [],
    external: [],
    includes: [...target.includeDirectories],
    versions: [...(target.d?.versions ?? [])],
    importDirectories: [...(target.d?.importDirectories ?? [])],
    linkWith: [...target.linkWith],
    linkWhole: [...target.linkWhole],
  };
  addSources(gathered, target.sources);
  // Objects of the other half stand last of those, and behind all that others bring, as Meson takes them last.
  const ownObjects = target.objects.length - (target.takesTwinObjects === true ? 1 : 0);
  addObjects(gathered, target.objects.slice(0, ownObjects));
  addDependencies(context, gathered, target);
  if (target.takesTwinObjects === true) {
    gathered.sources.clear();
    gathered.generated.clear();
  }
  const linked = linkLibraries(context, target, gathered);
  addObjects(gathered, target.objects.slice(ownObjects));
  for (const language of target.languages) {
    gathered.external.push(...(traitsOf(language).broughtAlong?.(context, target) ?? []));
  }
  return {
    id,
    target,
    sources: [...gathered.sources.values()],
    generated: [...gathered.generated.values()],
    objects: gathered.objects,
    external: gathered.external,
    includes: gathered.includes,
    d: { versions: gathered.versions, importDirectories: gathered.importDirectories },
    ...linked,
    languages: languagesOf(context, target, { ...linked, objects: gathered.objects }),
  };
}

function addSources(gathered: Gathered, items: readonly Item[]): void {
  for (const item of items) {
    if (item.kind === 'file') {
      const key = `${item.file.tree}:${item.file.path}`;
      if (!gathered.sources.has(key)) gathered.sources.set(key, item.file);
    } else if (item.kind === 'extracted') gathered.objects.push(item);
    else addGenerated(gathered, item);
  }
}

/** Many dependencies may bring the same headers: each counts once. */
function addGenerated({ generated }: Gathered, item: Generated): void {
  const key = item.kind === 'output' ? item.target * 2 ** 20 + item.output : -1 - item.list;
  if (!generated.has(key)) generated.set(key, item);
}

function addObjects(gathered: Gathered, items: readonly Item[]): void {
  for (const item of items) {
    if (item.kind === 'file' || item.kind === 'extracted') gathered.objects.push(item);
    else addGenerated(gathered, item);
  }
}

/** Depth first, each dependency once: the order of include directories and libraries depends on it. */
function addDependencies(context: PlanContext, gathered: Gathered, target: BuildTarget): void {
  const seen = new Set<DependencyId>();
  const add = (ids: readonly DependencyId[]): void => {
    for (const id of ids) {
      const dependency = dependencyOf(context, id);
      const same = dependency.copyOf ?? id;
      if (seen.has(same)) continue;
      // Marked before its own dependencies are walked, so that a cycle would end.
      seen.add(same);
      if (dependency.kind === 'not-found') {
        // It brings nothing, and is told of.
        gathered.external.push(argumentsOf(dependency));
        continue;
      }
      addDependency(gathered, target, dependency);
      add(dependency.dependencies);
      gathered.versions.push(...(dependency.d?.versions ?? []));
      gathered.importDirectories.push(...(dependency.d?.importDirectories ?? []));
    }
  };
  add(target.dependencies);
}

function addDependency(gathered: Gathered, target: BuildTarget, dependency: Dependency): void {
  if (target.takesTwinObjects !== true) addSources(gathered, dependency.sources);
  const forcedSystem = dependency.includeType !== 'preserve';
  gathered.includes.push(
    ...dependency.includeDirectories.map((includes) =>
      forcedSystem ? { ...includes, system: dependency.includeType === 'system' } : includes,
    ),
  );
  addObjects(gathered, dependency.objects);
  gathered.linkWith.push(...dependency.linkWith);
  gathered.linkWhole.push(...dependency.linkWhole);
  const { compileArgs, linkArgs } = dependency;
  if (dependency.kind === 'internal' && compileArgs.length === 0 && linkArgs.length === 0) return;
  gathered.external.push(argumentsOf(dependency));
}

function argumentsOf(dependency: Dependency): External {
  const { name, type, linkArgs, language, executableArgs } = dependency;
  const compileArgs = compileArgsOf(dependency);
  return { name, type, compileArgs, executableArgs, linkArgs, language };
}

/**
 * The libraries a target links. An installed static library takes in the objects of those it links
 * that are not installed, since its users could not find them.
 */
function linkLibraries(
  context: PlanContext,
  target: BuildTarget,
  gathered: Gathered,
): Pick<ResolvedTarget, 'linkWith' | 'linkWhole'> {
  const linkWith: LinkItem[] = [];
  const linkWhole: LinkItem[] = [];
  const mergesArchives = target.type === 'static-library';
  const bundle = (item: LinkItem): void => {
    if (target.rust !== undefined) linkWhole.push(item);
    else if (item.kind === 'target')
      gathered.objects.push({
        kind: 'extracted',
        target: item.target,
        sources: 'all',
        recursive: true,
      });
  };
  const addWhole = (item: LinkItem): void => {
    if (mergesArchives) {
      bundle(item);
      if (target.install !== undefined)
        for (const inner of internalLibraries(context, item)) bundle(inner);
    }
    linkWhole.push(item);
  };
  for (const item of gathered.linkWith.map((link) => preferredTwin(context, target, link))) {
    const promoted =
      mergesArchives && target.install !== undefined && isInternalLibrary(context, item);
    if (promoted) addWhole(item);
    else linkWith.push(item);
  }
  for (const item of gathered.linkWhole) addWhole(staticTwin(context, item));
  return { linkWith, linkWhole };
}

/** Which half of `both_libraries` a target links (`default_both_libraries`). */
function preferredTwin(context: PlanContext, target: BuildTarget, item: LinkItem): LinkItem {
  if (item.kind !== 'target' || item.exact === true) return item;
  const library = buildTarget(context, item.target);
  if (library?.twin === undefined) return item;
  const option = findOption(context, { name: 'default_both_libraries' }) ?? 'shared';
  const wanted =
    option !== 'auto'
      ? `${option}-library`
      : target.type === 'static-library' || target.type === 'shared-library'
        ? target.type
        : library.type;
  return library.type === wanted ? item : { kind: 'target', target: library.twin };
}

function staticTwin(context: PlanContext, item: LinkItem): LinkItem {
  if (item.kind !== 'target' || item.exact === true) return item;
  const library = buildTarget(context, item.target);
  if (library?.twin === undefined || library.type === 'static-library') return item;
  return { kind: 'target', target: library.twin };
}

/** A static library that is not installed: whoever links it must carry it along. */
export function isInternalLibrary(context: PlanContext, item: LinkItem): boolean {
  const target = context.model.targets.get(item.target);
  if (target.kind === 'build')
    return target.type === 'static-library' && target.install === undefined;
  if (target.kind !== 'custom') return false;
  const index = item.kind === 'output' ? item.output : 0;
  return /\.(a|lib)$/.test(target.outputs[index] ?? '') && target.install === undefined;
}

/** Static libraries that are not installed and that a library links, near ones first. */
function internalLibraries(context: PlanContext, item: LinkItem): readonly LinkItem[] {
  const found = new Map<TargetId, LinkItem>();
  const visited = new Set<TargetId>();
  const visit = (link: LinkItem): void => {
    if (visited.has(link.target) || buildTarget(context, link.target) === undefined) return;
    visited.add(link.target);
    const { linkWith, linkWhole } = resolveTarget(context, link.target);
    for (const inner of linkWith) {
      if (!isInternalLibrary(context, inner) || found.has(inner.target)) continue;
      found.set(inner.target, inner);
      visit(inner);
    }
    for (const inner of linkWhole) if (isInternalLibrary(context, inner)) visit(inner);
  };
  visit(item);
  return [...found.values()];
}

function languagesOf(
  context: PlanContext,
  target: BuildTarget,
  { objects, linkWith, linkWhole }: Pick<ResolvedTarget, 'objects' | 'linkWith' | 'linkWhole'>,
): readonly Language[] {
  const languages = new Set<Language>(target.languages);
  for (const object of objects) {
    // Of single sources the target has the languages already.
    if (object.kind !== 'extracted' || object.sources !== 'all') continue;
    for (const language of resolveTarget(context, object.target).target.languages)
      languages.add(language);
  }
  const linkable = target.linkLanguage === undefined ? cLinkLanguages : [target.linkLanguage];
  for (const item of [...linkWith, ...linkWhole]) {
    for (const language of linkedLanguages(context, item)) {
      // A library of a whole-target language is linked by its C interface: its compiler is not needed.
      if (traitsOf(language).compilesWhole !== true && linkable.includes(language))
        languages.add(language);
    }
  }
  if (languages.size === 0) {
    const available = toolchainsFor(context, target);
    const fallback = linkable.toReversed().find((language) => available?.has(language));
    if (fallback !== undefined) languages.add(fallback);
  }
  return inCompileOrder(languages);
}

/** The languages a library was made of, for whoever links it. */
export function linkedLanguages(context: PlanContext, item: LinkItem): readonly Language[] {
  const library = buildTarget(context, item.target);
  if (library === undefined) return [];
  if (library.linkLanguage !== undefined) return [library.linkLanguage];
  return resolveTarget(context, item.target).languages;
}
