import { join } from 'node:path/posix';
import { replaceNames } from '../../model/name-templates.ts';
import type {
  BuildTarget,
  CustomTarget,
  GeneratedList,
  GeneratedListId,
  TargetId,
} from '../../model/target.ts';
import { addAction, type PlanContext } from '../context.ts';
import { type GeneratorRun, generatorRuns } from '../items.ts';
import { privateDir } from '../paths.ts';
import { outputsOf, replacePlaces, resolveWords } from './command-words.ts';

interface ListUser {
  readonly id: TargetId;
  readonly target: BuildTarget | CustomTarget;
}

/** Adds the actions of a generated list for one target that uses it. */
export function planGeneratedList(
  context: PlanContext,
  user: ListUser,
  listId: GeneratedListId,
): void {
  const key = `${user.id}:${listId}`;
  if (context.processedLists.has(key)) return;
  context.processedLists.add(key);
  const list = context.model.generatedLists.get(listId);
  for (const input of list.inputs) {
    if (input.kind === 'generated') planGeneratedList(context, user, input.list);
  }
  const { target } = user;
  for (const run of generatorRuns(context, target, list)) planRun(context, { target, list, run });
}

/** One run of a list's generator for a target. */
interface ListRun {
  readonly target: BuildTarget | CustomTarget;
  readonly list: GeneratedList;
  readonly run: GeneratorRun;
}

function planRun(context: PlanContext, { target, list, run }: ListRun): void {
  const depfile =
    list.depfile === undefined
      ? undefined
      : join(privateDir(target), run.folder, replaceNames(list.depfile, run.input));
  const program = resolveWords(context, [list.program], (text) => text);
  const args = list.arguments.flatMap((arg) =>
    arg === '@EXTRA_ARGS@'
      ? list.extraArguments
      : [replaceArgument(context, arg, { target, list, run, depfile })],
  );
  const [output] = run.outputs;
  addAction(context, {
    rule: depfile === undefined ? 'CUSTOM_COMMAND' : 'CUSTOM_COMMAND_DEP',
    description:
      list.outputs.length === 1 ? `Generating '${output}'` : `Generating from '${run.input}'`,
    work: {
      kind: 'command',
      argv: [...program.argv, ...args],
      environment: list.environment,
      ...(list.capture && output !== undefined && { stdout: output }),
    },
    inputs: [run.input, ...program.inputs, ...outputsOf(context, list.depends)],
    outputs: run.outputs,
    ...(depfile !== undefined && { depfile: { path: depfile, format: 'make' as const } }),
  });
}

function replaceArgument(
  context: PlanContext,
  arg: string,
  { target, list, run, depfile }: ListRun & { readonly depfile: string | undefined },
): string {
  let text = replaceNames(arg, run.input);
  if (depfile !== undefined) text = text.replaceAll('@DEPFILE@', depfile);
  const [only] = list.outputs.length === 1 ? run.outputs : [run.input];
  text = text
    .replaceAll('@INPUT@', run.spelledInput)
    .replaceAll('@OUTPUT@', only ?? '')
    .replace(/@OUTPUT(\d+)@/g, (whole, index: string) => run.outputs[Number(index)] ?? whole)
    .replaceAll('@SOURCE_DIR@', context.paths.toSource)
    .replaceAll('@BUILD_DIR@', privateDir(target));
  return replacePlaces(context, list.subdir, text).replaceAll('\\', '/');
}
