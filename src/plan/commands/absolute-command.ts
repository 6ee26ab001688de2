import { unreachable } from '../../base/assert.ts';
import type { CommandWord } from '../../model/target.ts';
import type { PlanContext } from '../context.ts';
import { absoluteFile, absolutePath, filePath } from '../paths.ts';
import { namedOutputs, type WordPlace } from './command-words.ts';
import { startedWith } from './foreign.ts';

interface Naming {
  readonly place: WordPlace;
  /** How files are named that something makes. */
  readonly made: 'by whole path' | 'from build directory';
}

/** A command for scripts that run from anywhere: every file and target by its whole path. */
export function absoluteCommand(
  context: PlanContext,
  words: readonly CommandWord[],
): readonly string[] {
  return words.flatMap((word, at) =>
    namedWord(context, word, { place: placeAt(at), made: 'by whole path' }),
  );
}

/**
 * A command for scripts that run in the build directory: as with Meson, what is made there is named from
 * there, as scripts may put `$MESON_BUILD_ROOT/` before it.
 */
export function commandFromBuild(
  context: PlanContext,
  words: readonly CommandWord[],
): readonly string[] {
  return words.flatMap((word, at) =>
    namedWord(context, word, {
      place: placeAt(at),
      made: at === 0 ? 'by whole path' : 'from build directory',
    }),
  );
}

function placeAt(at: number): WordPlace {
  return at === 0 ? 'program' : 'argument';
}

function namedWord(
  context: PlanContext,
  word: CommandWord,
  { place, made }: Naming,
): readonly string[] {
  const { paths, model } = context;
  switch (word.kind) {
    case 'text':
      return [word.text];
    case 'file': {
      const isMade = word.file.tree === 'build' && made === 'from build directory';
      return [isMade ? filePath(paths, word.file) : absoluteFile(paths, word.file)];
    }
    case 'program':
      return word.command;
    case 'target': {
      const target = model.targets.get(word.target);
      if (target.kind !== 'build' && target.kind !== 'custom') return [];
      const outputs = namedOutputs(context, word, target);
      return [
        ...(place === 'program' ? startedWith(context, word, target) : []),
        ...(made === 'from build directory'
          ? outputs
          : outputs.map((path) => absolutePath(paths, path))),
      ];
    }
    default:
      return unreachable(word);
  }
}
