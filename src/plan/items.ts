import { dirname, join, relative } from 'node:path/posix';
import { unreachable } from '../base/assert.ts';
import { replaceNames } from '../model/name-templates.ts';
import type {
  BuildTarget,
  CustomTarget,
  GeneratedList,
  GeneratedListId,
  Item,
} from '../model/target.ts';
import type { PlanContext } from './context.ts';
import { absolutePath, filePath, privateDir, spelledPath, targetOutputs } from './paths.ts';

/** The files an item stands for when a target uses it, as commands name them. Extracted objects are told elsewhere. */
export function itemFiles(
  context: PlanContext,
  user: BuildTarget | CustomTarget,
  item: Item,
): readonly string[] {
  switch (item.kind) {
    case 'file':
      return [filePath(context.paths, item.file)];
    case 'output': {
      const target = context.model.targets.get(item.target);
      if (target.kind !== 'build' && target.kind !== 'custom') return [];
      const output = targetOutputs(target)[item.output];
      return output === undefined ? [] : [output];
    }
    case 'generated':
      return generatedFiles(context, user, item.list);
    case 'extracted':
      return [];
    default:
      return unreachable(item);
  }
}

/** One run of a generator: an input and the files made of it in the user's private folder. */
export interface GeneratorRun {
  readonly input: string;
  /** The input as the generator is given it. */
  readonly spelledInput: string;
  readonly outputs: readonly string[];
  /** Below the private folder, where `preserve_path_from` keeps the input's folders. */
  readonly folder: string;
}

/** The files that a target gets from a generated list, in its private folder. */
function generatedFiles(
  context: PlanContext,
  user: BuildTarget | CustomTarget,
  list: GeneratedListId,
): readonly string[] {
  const row = context.model.generatedLists.get(list);
  return generatorRuns(context, user, row).flatMap((run) => run.outputs);
}

/** Each run of a generator for a target that uses its list: what goes in, what comes out, and where. */
export function generatorRuns(
  context: PlanContext,
  user: BuildTarget | CustomTarget,
  list: GeneratedList,
): readonly GeneratorRun[] {
  return list.inputs
    .flatMap((item) =>
      itemFiles(context, user, item).map((input) => ({
        input,
        spelledInput: item.kind === 'file' ? spelledPath(context.paths, item.file) : input,
      })),
    )
    .map(({ input, spelledInput }) => {
      const folder = keptFolder(context, list, input);
      const outputs = list.outputs.map((name) =>
        join(privateDir(user), folder, replaceNames(name, input)),
      );
      return { input, spelledInput, outputs, folder };
    });
}

function keptFolder(context: PlanContext, list: GeneratedList, input: string): string {
  if (list.preservePathFrom === undefined) return '';
  return dirname(relative(list.preservePathFrom, absolutePath(context.paths, input)));
}
