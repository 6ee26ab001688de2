import type { LinkItem } from '../../model/target.ts';
import { fileRole } from '../compile/file-kind.ts';
import type { PlanContext } from '../context.ts';
import { linkedAlong } from '../languages/linked-along.ts';
import { traitsOf } from '../languages/traits.ts';
import { symbolsFile, targetOutputs } from '../paths.ts';
import { buildTarget, resolveTarget } from '../resolve-target.ts';
import type { External, Generated, ResolvedTarget } from '../resolved-target.ts';
import { inputFiles } from './extracted-objects.ts';
import { linkClosure, linkedFile } from './link-closure.ts';

/** Files beside the objects whose change asks for linking again. */
export function linkInputs(context: PlanContext, resolved: ResolvedTarget): readonly string[] {
  const { target } = resolved;
  const closure = linkClosure(context, resolved.id);
  return [
    ...closure.flatMap((item) => linkInput(context, item) ?? []),
    ...linkedAlong(context, closure),
    ...target.linkDepends.flatMap((item) => inputFiles(context, target, item)),
    ...customLibraries(context, resolved),
  ];
}

/** What a link waits for: the interface of a shared library, the whole of an archive. */
export function linkInput(context: PlanContext, item: LinkItem): string | undefined {
  const library = buildTarget(context, item.target);
  const isShared = library?.type === 'shared-library' || library?.type === 'shared-module';
  if (library !== undefined && isShared && library.rust?.crateType !== 'proc-macro')
    return symbolsFile(library);
  return linkedFile(context, item);
}

/** Libraries that custom targets among the sources make; they are linked as they are. Worked out once. */
export function customLibraries(context: PlanContext, resolved: ResolvedTarget): readonly string[] {
  const known = customLibrariesOf.get(resolved);
  if (known !== undefined) return known;
  const libraries = resolved.generated.flatMap((item) => customLibrary(context, item) ?? []);
  customLibrariesOf.set(resolved, libraries);
  return libraries;
}

const customLibrariesOf = new WeakMap<ResolvedTarget, readonly string[]>();

function customLibrary(context: PlanContext, item: Generated): string | undefined {
  if (item.kind !== 'output') return undefined;
  const target = context.model.targets.get(item.target);
  if (target.kind !== 'custom') return undefined;
  const path = targetOutputs(target)[item.output];
  return path !== undefined && fileRole(path) === 'library' ? path : undefined;
}

/** The target's own dependencies, then those of the static libraries it links. */
export function linkedDependencies(
  context: PlanContext,
  resolved: ResolvedTarget,
): readonly External[] {
  const all = [
    ...resolved.external,
    ...linkClosure(context, resolved.id).flatMap((item) =>
      buildTarget(context, item.target)?.type === 'static-library'
        ? resolveTarget(context, item.target).external
        : [],
    ),
  ];
  return all.filter(
    ({ type, language }) =>
      type !== 'library' || language === undefined || traitsOf(language).ownLibraries !== true,
  );
}
