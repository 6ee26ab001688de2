import { posix } from 'node:path';
import type { Action, Command } from '../../graph/graph.ts';
import type { BuildContext } from '../build-context.ts';
import { graphPath } from '../build-place.ts';

const option = /^(-I|-iquote|-isystem|-idirafter|\/I)(.*)$/s;
/** Which are looked through first. */
const turns = ['-iquote', '-I', '/I', '-isystem', '-idirafter'];

/** Where a compiler looks for headers, beside the folders that it knows itself, in the order in which it does. */
export function includeFolders(
  context: BuildContext,
  action: Action,
  { argv, cwd }: Command,
): readonly string[] {
  const found: { readonly folder: string; readonly turn: number }[] = [];
  for (const [at, word] of argv.entries()) {
    const [, name = '', joined] = option.exec(word) ?? [];
    const folder = joined === '' ? argv[at + 1] : joined;
    if (folder === undefined || folder === '') continue;
    const path = graphPath(context.place, posix.join(folder, '.'), cwd);
    found.push({ folder: path, turn: turns.indexOf(name) });
  }
  if (found.length === 0) return [];
  // A header beside the source comes first.
  const folders = new Set(action.inputs.map((id) => posix.dirname(context.graph.files.get(id))));
  for (const { folder } of found.sort((a, b) => a.turn - b.turn)) folders.add(folder);
  return [...folders];
}
