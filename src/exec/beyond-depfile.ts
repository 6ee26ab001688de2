import type { Action } from '../graph/graph.ts';
import { type BuildContext, environmentOf } from './build-context.ts';
import { hostPath } from './build-place.ts';

/** What a text may ask a compiler for that no depfile names. */
type Asked = 'clock' | 'times of files' | 'other files';

const words: readonly (readonly [word: string, asks: Asked])[] = [
  ['__DATE__', 'clock'],
  ['__TIME__', 'clock'],
  ['__TIMESTAMP__', 'times of files'],
  // An assembler includes it, whom nobody asks for a depfile.
  ['.incbin', 'other files'],
];

/** By path: most headers are read by many actions. */
const known = new WeakMap<BuildContext, Map<string, readonly Asked[]>>();

/**
 * Whether what an action made may hang on more than the files that it read: on the clock, say. It is
 * asked of texts as they stand, so a comment may say yes, and what is built up of parts may not. Where
 * SOURCE_DATE_EPOCH is set, compilers take that for the clock, and it is a part of the command.
 */
export function hangsOnMore(
  context: BuildContext,
  action: Action,
  read: readonly string[],
): boolean {
  const hasEpoch = environmentOf(context, action)['SOURCE_DATE_EPOCH'] !== undefined;
  const inputs = action.inputs.map((id) => context.graph.files.get(id));
  return [...inputs, ...read].some((path) =>
    askedBy(context, path).some((asked) => asked !== 'clock' || !hasEpoch),
  );
}

function askedBy(context: BuildContext, path: string): readonly Asked[] {
  const all = known.get(context) ?? new Map<string, readonly Asked[]>();
  known.set(context, all);
  const before = all.get(path);
  if (before !== undefined) return before;
  const now = readAsked(context, path);
  all.set(path, now);
  return now;
}

function readAsked({ host, place }: BuildContext, path: string): readonly Asked[] {
  const bytes = host.files.readBytes(hostPath(place, path));
  if (!bytes.ok) return [];
  const text = Buffer.from(bytes.value.buffer, bytes.value.byteOffset, bytes.value.length);
  // Precompiled headers and libraries hold all kinds of words.
  if (text.subarray(0, binaryWithin).includes(0)) return [];
  return words.flatMap(([word, asks]) => (text.includes(word) ? [asks] : []));
}

const binaryWithin = 1024;
