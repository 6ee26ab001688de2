import { unreachable } from '../../base/assert.ts';
import { replaceNames } from '../../model/name-templates.ts';
import type { Item } from '../../model/target.ts';
import type { ModelTables } from '../evaluation.ts';

/** Names of the files an item stands for, as far as they are known before planning. */
export function itemNames(tables: ModelTables, item: Item): readonly string[] {
  switch (item.kind) {
    case 'file':
      return [item.file.path];
    case 'output': {
      const target = tables.targets.get(item.target);
      if (target.kind === 'custom') return [target.outputs[item.output] ?? ''];
      return target.kind === 'build' ? [target.filename] : [];
    }
    case 'generated': {
      const list = tables.generatedLists.get(item.list);
      const inputs = list.inputs.flatMap((input) => itemNames(tables, input));
      return inputs.flatMap((input) => list.outputs.map((name) => replaceNames(name, input)));
    }
    case 'extracted':
      return [];
    default:
      return unreachable(item);
  }
}
