import { unreachable } from '../../../base/assert.ts';
import type { BuildTarget, Item } from '../../../model/target.ts';
import { sourceKind } from '../../../toolchains/languages.ts';
import type { Call } from '../../call.ts';
import type { FileObject } from '../../objects/file.ts';
import type { GeneratedListObject } from '../../objects/generator.ts';
import {
  type CustomTargetIndexObject,
  type ExtractedObjectsObject,
  extractedObjectsType,
  type TargetObject,
} from '../../objects/target.ts';
import { joinPath, normalPath } from '../../paths.ts';
import { itemNames } from '../item-names.ts';
import { optionOf } from '../options.ts';
import { itemsOf } from '../sources.ts';
import { gathered } from './gathered.ts';

/** What `extract_objects()` takes. */
export type ObjectSource =
  | string
  | FileObject
  | TargetObject
  | CustomTargetIndexObject
  | GeneratedListObject;

/** `target.extract_objects()`: the objects of some of its sources. */
export function extractObjects(
  call: Call,
  self: TargetObject,
  given: readonly ObjectSource[],
): ExtractedObjectsObject {
  const { tables } = call.evaluation;
  const target = tables.targets.get(self.target);
  if (target.kind !== 'build') return call.fail('Only build targets have objects.');
  if (target.project !== call.scope.project)
    call.fail('Tried to extract objects from a different subproject.');
  const own = [...target.sources, ...gathered(tables, target.dependencies).sources];
  const known = new Set(own.map(itemKey));
  const sources = given.flatMap((source) => {
    const items = sourceItems(call, target, source);
    for (const item of items) if (!known.has(itemKey(item))) refuse(call, item);
    return items;
  });
  if (isUnity(call, target)) checkUnity(call, own, sources);
  return {
    type: extractedObjectsType,
    item: { kind: 'extracted', target: self.target, sources, recursive: false },
  };
}

function sourceItems(call: Call, target: BuildTarget, source: ObjectSource): readonly Item[] {
  // Strings are files of the folder that the target was declared in.
  if (typeof source === 'string') {
    const path = normalPath(joinPath(target.subdir, source));
    return [{ kind: 'file', file: { tree: 'source', path } }];
  }
  if ('file' in source) call.uses('File argument for extract_objects', '0.50.0');
  else call.uses('Generated sources for extract_objects', '0.61.0');
  return itemsOf(call, [source]);
}

function itemKey(item: Item): string {
  switch (item.kind) {
    case 'file':
      return `${item.file.tree}:${item.file.path}`;
    case 'output':
      return `output:${item.target}:${item.output}`;
    case 'generated':
      return `list:${item.list}`;
    case 'extracted':
      return `objects:${item.target}`;
    default:
      return unreachable(item);
  }
}

function refuse(call: Call, item: Item): never {
  const [name = ''] = itemNames(call.evaluation.tables, item);
  return call.fail(`Tried to extract unknown source ${name}.`);
}

function isUnity(call: Call, target: BuildTarget): boolean {
  const value = target.overrideOptions.get('unity') ?? optionOf(call, 'unity');
  return value === 'on' || (value === 'subprojects' && call.scope.subproject !== '');
}

/** Sources that are compiled as one give one object: all of a language or none. */
function checkUnity(call: Call, own: readonly Item[], wanted: readonly Item[]): void {
  const { tables } = call.evaluation;
  const byLanguage = (items: readonly Item[]): Map<string, Set<string>> => {
    const result = new Map<string, Set<string>>();
    for (const name of items.flatMap((item) => itemNames(tables, item))) {
      const kind = sourceKind(name);
      if (kind.kind !== 'source') continue;
      result.set(kind.language, (result.get(kind.language) ?? new Set()).add(name));
    }
    return result;
  };
  const all = byLanguage(own);
  for (const [language, names] of byLanguage(wanted)) {
    if (names.size === all.get(language)?.size) continue;
    call.fail(
      'Single object files cannot be extracted in Unity builds. You can only extract all the object files for each compiler at once.',
    );
  }
}
