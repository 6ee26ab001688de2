import type { Item } from '../../../model/target.ts';
import {
  type ArgumentType,
  anything,
  dictionary,
  flattened,
  mismatch,
} from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { builtin, optional, positional } from '../../declare.ts';
import { typeName } from '../../interpreter/show-value.ts';
import {
  buildTargetType,
  extractedObjectsType,
  type StructuredSourcesObject,
  structuredSourcesType,
} from '../../objects/target.ts';
import { targetSource } from '../../targets/argument-types.ts';
import { existingFile, fileItem, itemsOf } from '../../targets/sources.ts';
import { force, isA, isList, type Value } from '../../value.ts';

const object: ArgumentType<Value> = { ...anything, names: ['object'] };

export const structuredSources = builtin({
  name: 'structured_sources',
  doc: 'Sources of a language in which their folders matter.',
  since: '0.62.0',
  positional: [
    positional('root', object, 'What lies in the root.'),
    optional('folders', dictionary, 'Folder below the root: what lies there.'),
  ],
  keepsLists: true,
  returns: 'structured_src',
  run: (call, { positional: [root, more] }): StructuredSourcesObject => {
    if (more?.has('') === true)
      call.fail('structured_sources: keys to dictionary argument may not be an empty string.');
    const folders = [['', root] as const, ...(more ?? [])].map(([folder, values]) => ({
      folder,
      items: sourcesOf(call, values),
    }));
    return {
      type: structuredSourcesType,
      folders: folders.filter(({ items }) => items.length > 0),
    };
  },
});

function sourcesOf(call: Call, given: Value): readonly Item[] {
  const known = force(given);
  const values = isList(known) ? [...flattened(known)] : [known];
  return values.flatMap((value) => {
    const read = targetSource.read(value);
    const refused =
      isA(value, buildTargetType) ||
      isA(value, structuredSourcesType) ||
      isA(value, extractedObjectsType);
    if (read === mismatch || refused || (typeof read === 'object' && 'folders' in read))
      return call.fail(`structured_sources: type "${typeName(value)}" is not valid`);
    return typeof read === 'string' ? [fileItem(existingFile(call, read))] : itemsOf(call, [read]);
  });
}
