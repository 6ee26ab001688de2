import type { BuildTarget, Item } from '../../../model/target.ts';
import type { Call } from '../../call.ts';
import { extractedObjectsType, structuredSourcesType } from '../../objects/target.ts';
import { isA } from '../../value.ts';
import type { TargetSource } from '../argument-types.ts';
import { itemNames } from '../item-names.ts';
import { itemsOf, type SourceValue } from '../sources.ts';

/** Sources as a target has them: plain ones and structured ones apart. */
export interface SplitSources {
  readonly sources: readonly Item[];
  readonly structuredSources: BuildTarget['structuredSources'];
}

/** Tells what `structured_sources()` gave from all other sources. */
export function splitSources(call: Call, given: readonly TargetSource[]): SplitSources {
  const plain: SourceValue[] = [];
  const folders = new Map<string, Item[]>();
  for (const source of given) {
    if (isA(source, structuredSourcesType)) {
      for (const { folder, items } of source.folders)
        folders.set(folder, [...(folders.get(folder) ?? []), ...items]);
    } else if (!isIgnored(call, source)) plain.push(source);
  }
  const structuredSources = [...folders].map(([folder, items]) => ({ folder, items }));
  for (const { items } of structuredSources) checkConflicts(call, items);
  return { sources: itemsOf(call, plain), structuredSources };
}

/** Built targets and objects among the sources are let through, and do nothing. */
function isIgnored(call: Call, source: SourceValue): boolean {
  if (typeof source === 'string') return false;
  if (isA(source, extractedObjectsType)) {
    call.usesBroken(
      'passing object files as sources',
      '1.1.0',
      'Pass these to the `objects` keyword instead, they are ignored when passed as sources.',
    );
    return true;
  }
  if (!('target' in source) || 'output' in source) return false;
  if (call.evaluation.tables.targets.get(source.target).kind !== 'build') return false;
  call.usesBroken(
    'passing references to built targets as a source file',
    '1.1.0',
    'Consider using `link_with` or `link_whole` if you meant to link, or dropping them as otherwise they are ignored.',
  );
  return true;
}

function checkConflicts(call: Call, items: readonly Item[]): void {
  const seen = new Set<string>();
  for (const item of items) {
    const names = itemNames(call.evaluation.tables, item);
    const conflicts = names.filter((name) => seen.has(name)).toSorted();
    if (conflicts.length > 0)
      call.fail(`Conflicting sources in structured sources: ${conflicts.join(', ')}`);
    for (const name of names) seen.add(name);
  }
}
