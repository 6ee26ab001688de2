import type { BuildTarget, CustomTarget, Item } from '../../model/target.ts';
import { compileUnits, generatedSources, unitsOf } from '../compile/compile-units.ts';
import { fileRole } from '../compile/file-kind.ts';
import type { SourceFile } from '../compile/object-name.ts';
import type { PlanContext } from '../context.ts';
import { itemFiles } from '../items.ts';
import { filePath } from '../paths.ts';
import { resolveTarget } from '../resolve-target.ts';
import type { ObjectItem, ResolvedTarget } from '../resolved-target.ts';

type Extracted = Extract<Item, { readonly kind: 'extracted' }>;

/** Objects that a target was given or takes from others, each once, in Meson's order. */
export function givenObjects(context: PlanContext, resolved: ResolvedTarget): readonly string[] {
  return [...new Set(objectsOf(context, resolved.objects))];
}

/** Objects of one `extract_objects` or `extract_all_objects`. */
function extractedObjects(context: PlanContext, item: Extracted): readonly string[] {
  return [...new Set(objectsOf(context, [item]))];
}

/** The files of any item; `itemFiles` and extracted objects together. */
export function inputFiles(
  context: PlanContext,
  user: BuildTarget | CustomTarget,
  item: Item,
): readonly string[] {
  return item.kind === 'extracted'
    ? extractedObjects(context, item)
    : itemFiles(context, user, item);
}

function objectsOf(context: PlanContext, items: readonly ObjectItem[]): readonly string[] {
  return items.flatMap((item) => {
    if (item.kind === 'file') return [filePath(context.paths, item.file)];
    const owner = resolveTarget(context, item.target);
    const inherited = item.recursive ? givenObjects(context, owner) : [];
    return [...inherited, ...ownObjects(context, owner, item)];
  });
}

/** What the target itself compiles of the sources asked for, and objects among them. */
function ownObjects(
  context: PlanContext,
  owner: ResolvedTarget,
  item: Extracted,
): readonly string[] {
  if (item.sources !== 'all') return compiledObjects(context, owner, item);
  const known = allObjects.get(owner);
  if (known !== undefined) return known;
  const objects = compiledObjects(context, owner, item);
  allObjects.set(owner, objects);
  return objects;
}

/** All objects of a target, which many others may take. */
const allObjects = new WeakMap<ResolvedTarget, readonly string[]>();

function compiledObjects(
  context: PlanContext,
  owner: ResolvedTarget,
  item: Extracted,
): readonly string[] {
  const all = item.sources === 'all';
  const { given, generated } = all
    ? { given: [], generated: generatedSources(context, owner) }
    : splitSources(context, owner, item.sources);
  const units = all ? compileUnits(context, owner) : unitsOf(context, owner, { given, generated });
  const ready = generated
    .filter((source) => fileRole(source.path) === 'object')
    .map((source) => source.path);
  return [
    ...ready,
    ...[...units.given, ...units.generated, ...units.written].map((unit) => unit.object),
    ...units.unity.map(({ unit }) => unit.object),
  ];
}

function splitSources(
  context: PlanContext,
  owner: ResolvedTarget,
  items: readonly Item[],
): { given: readonly SourceFile[]; generated: readonly SourceFile[] } {
  const given: SourceFile[] = [];
  const generated: SourceFile[] = [];
  for (const item of items) {
    if (item.kind === 'file')
      given.push({ path: filePath(context.paths, item.file), built: item.file.tree === 'build' });
    else
      for (const path of itemFiles(context, owner.target, item))
        generated.push({ path, built: true });
  }
  return { given, generated };
}
