import { basename } from 'node:path/posix';
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
  }
}

/** `@BASENAME@` and `@PLAINNAME@` of an input. */
export function replaceNames(text: string, input: string): string {
  const name = basename(input);
  return text.replaceAll('@BASENAME@', stem(name)).replaceAll('@PLAINNAME@', name);
}

/** A file's name without folder and last suffix; a dot in front is no suffix. */
export function stem(path: string): string {
  return basename(path).replace(/(?<=[^.].*)\.[^.]*$/, '');
}
