import { posix } from 'node:path';
import {
  type ExpressionContext,
  evaluateExpressions,
  evaluateList,
} from '../generator-expression.ts';
import type { CmakeRow } from '../project.ts';
import type { CustomCommand } from '../trace/trace-facts.ts';
import type { CustomDraft } from './drafts.ts';
import { targetName } from './target-names.ts';

/** A custom command or target with its expressions replaced and its paths made whole. */
export function draftCustom(
  command: CustomCommand,
  row: CmakeRow,
  world: {
    readonly expressions: ExpressionContext;
    readonly directories: ReadonlyMap<string, string>;
    /** Absolute paths of files that targets are compiled of. */
    readonly wanted: ReadonlySet<string>;
    /** For a command that has no name. */
    readonly nextName: () => string;
  },
): CustomDraft {
  const { expressions, directories } = world;
  const binaryDir = directories.get(command.sourceDir) ?? command.sourceDir;
  const directory = evaluateExpressions(command.workingDirectory ?? '', expressions);
  const byproducts = evaluateList(command.byproducts, expressions).filter((path) =>
    world.wanted.has(posix.resolve(binaryDir, path)),
  );
  const outputs = [...evaluateList(command.outputs, expressions), ...byproducts];
  const cmakeName = command.name ?? world.nextName();
  return {
    kind: 'custom',
    row,
    cmakeName,
    name: targetName(cmakeName),
    command: {
      ...command,
      commands: command.commands.map((words) => evaluateList(words, expressions)),
      depends: evaluateList(command.depends, expressions),
    },
    originals: outputs.map((output) => posix.resolve(binaryDir, output)),
    outputs: outputs.map((output) => posix.basename(output)),
    binaryDir,
    commands: [],
    workingDirectory: posix.resolve(binaryDir, directory),
    depfile:
      command.depfile === undefined
        ? undefined
        : posix.resolve(binaryDir, evaluateExpressions(command.depfile, expressions)),
    inputs: [],
    depends: [],
  };
}
