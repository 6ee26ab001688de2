import { NumberRow } from '../../base/number-row.ts';
import type { Action } from '../../graph/graph.ts';
import { type BuildContext, environmentOf } from '../build-context.ts';
import { hostPath } from '../build-place.ts';

/** What a text may ask a compiler for that no depfile names. */
type Asked = 'clock' | 'times of files' | 'other files';

const words: readonly (readonly [word: string, asks: Asked])[] = [
  ['__DATE__', 'clock'],
  ['__TIME__', 'clock'],
  ['__TIMESTAMP__', 'times of files'],
  // An assembler includes it, whom nobody asks for a depfile.
  ['.incbin', 'other files'],
];

/** By content: most headers are read by many actions. A bit for each word, one place to the left, and 1 for what was read. */
const known = new WeakMap<BuildContext, NumberRow>();

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
  const all = known.get(context) ?? new NumberRow();
  known.set(context, all);
  const content = context.files.content(path);
  if (all.get(content) === 0) all.set(content, wordsIn(context, path) * 2 + 1);
  const found = all.get(content) >> 1;
  return found === 0 ? [] : words.flatMap(([, asks], bit) => (found & (1 << bit) ? [asks] : []));
}

/** A bit for each. */
function wordsIn({ host, place }: BuildContext, path: string): number {
  const whole = hostPath(place, path);
  // Precompiled headers and libraries hold all kinds of words, and are large.
  const head = host.files.readPart(whole, 0, binaryWithin);
  if (!head.ok || head.value.includes(0)) return 0;
  const bytes = head.value.length < binaryWithin ? head : host.files.readBytes(whole);
  if (!bytes.ok) return 0;
  const text = Buffer.from(bytes.value.buffer, bytes.value.byteOffset, bytes.value.length);
  return words.reduce((found, [word], bit) => found | (text.includes(word) ? 1 << bit : 0), 0);
}

const binaryWithin = 1024;
