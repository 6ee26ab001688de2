import { unreachable } from '../../base/assert.ts';
import type { CommandWord } from '../../model/target.ts';
import type { PlanContext } from '../context.ts';
import { absoluteFile, absolutePath } from '../paths.ts';
import { namedOutputs, type WordPlace } from './command-words.ts';
import { startedWith } from './foreign.ts';

/** A command for scripts that run from anywhere: every file and target by its whole path. */
export function absoluteCommand(
  context: PlanContext,
  words: readonly CommandWord[],
): readonly string[] {
  return words.flatMap((word, at) =>
    absoluteWord(context, word, at === 0 ? 'program' : 'argument'),
  );
}

function absoluteWord(
  context: PlanContext,
  word: CommandWord,
  place: WordPlace,
): readonly string[] {
  switch (word.kind) {
    case 'text':
      return [word.text];
    case 'file':
      return [absoluteFile(context.paths, word.file)];
    case 'program':
      return word.command;
    case 'target': {
      const target = context.model.targets.get(word.target);
      if (target.kind !== 'build' && target.kind !== 'custom') return [];
      return [
        ...(place === 'program' ? startedWith(context, word, target) : []),
        ...namedOutputs(context, word, target).map((path) => absolutePath(context.paths, path)),
      ];
    }
    default:
      return unreachable(word);
  }
}
