import { join } from 'node:path/posix';
import type { CommandWord, CustomTarget, TargetId } from '../../model/target.ts';
import { addAction, type PlanContext } from '../context.ts';
import { planProduct } from '../languages/rust/units/products.ts';
import { inputFiles } from '../link/extracted-objects.ts';
import { consolePool } from '../link/link-pool.ts';
import { absolutePath, filePath, privateDir, spelledPath, targetOutputs } from '../paths.ts';
import { countsToo, outputsOf, replacePlaces, resolveWords } from './command-words.ts';
import { planGeneratedList } from './generated-list.ts';
import { replaceFileTemplates } from './templates.ts';

/** Adds the action of a custom target. */
export function planCustomTarget(context: PlanContext, id: TargetId, target: CustomTarget): void {
  if (target.crate !== undefined) {
    planProduct(context, target, target.crate);
    return;
  }
  for (const item of target.inputs)
    if (item.kind === 'generated') planGeneratedList(context, { id, target }, item.list);
  const inputs = target.inputs.flatMap((item) => inputFiles(context, target, item));
  const outputs = targetOutputs(target);
  const depfile = target.depfile && join(target.buildSubdir, target.depfile.name);
  const answer = target.question && planQuestion(context, target, target.question);
  const command = resolveWords(context, target.command, (text) =>
    text === '@ANSWER@' && answer !== undefined
      ? answer
      : replacePlaces(context, target.subdir, text)
          .replaceAll('@DEPFILE@', depfile ?? '@DEPFILE@')
          .replaceAll('@PRIVATE_DIR@', privateDir(target)),
  );
  const [output] = outputs;
  const [input] = inputs;
  const named = { inputs: namedInputs(context, target), outputs };
  addAction(context, {
    rule: depfile === undefined ? 'CUSTOM_COMMAND' : 'CUSTOM_COMMAND_DEP',
    description:
      target.description ?? `Generating ${join(target.subdir, target.name)} with a custom command`,
    work:
      target.builtin === 'copy'
        ? { kind: 'copy', from: input ?? '', to: output ?? '' }
        : {
            kind: 'command',
            argv: replaceFileTemplates(command.argv, named).map(forwardSlashes(target)),
            environment: target.environment,
            ...(target.capture && output !== undefined && { stdout: output }),
            ...(target.feed && input !== undefined && { stdin: input }),
          },
    inputs: [
      ...inputs,
      ...target.inputs.flatMap((item) =>
        item.kind === 'output' ? countsToo(context, item.target) : [],
      ),
      ...command.inputs,
      ...(answer === undefined ? [] : [answer]),
      ...target.dependFiles.map((file) => filePath(context.paths, file)),
      ...outputsOf(context, target.depends),
    ],
    outputs: [...outputs, ...(target.alsoMakes ?? [])],
    alwaysRun: target.buildAlwaysStale,
    // Build files give targets outputs that are never made, so that they run each time.
    outputsOptional: true,
    ...(target.depfile &&
      depfile !== undefined && { depfile: { path: depfile, format: target.depfile.format } }),
    ...(target.console && { pool: consolePool(context) }),
  });
}

/** The inputs as `@INPUT@` names them. */
function namedInputs(context: PlanContext, target: CustomTarget): readonly string[] {
  return target.inputs.flatMap((item) => {
    if (target.absoluteInputs === true)
      return inputFiles(context, target, item).map((path) => absolutePath(context.paths, path));
    return item.kind === 'file'
      ? [spelledPath(context.paths, item.file)]
      : inputFiles(context, target, item);
  });
}

/**
 * Adds the action that asks in each build; answers the file with what was said. It is an action of its
 * own so that the launcher can ask, and start nothing else while the answer is the same.
 */
function planQuestion(
  context: PlanContext,
  target: CustomTarget,
  question: readonly CommandWord[],
): string {
  const answer = join(privateDir(target), 'answer');
  const { argv, inputs } = resolveWords(context, question, (text) => text);
  addAction(context, {
    rule: 'CUSTOM_COMMAND',
    description: `Asking what goes into ${join(target.subdir, target.name)}`,
    work: { kind: 'command', argv, environment: [], stdout: answer },
    inputs,
    outputs: [answer],
    alwaysRun: true,
  });
  return answer;
}

/** Meson turns backslashes of a command's words into slashes, but not those of the program. */
function forwardSlashes(target: CustomTarget): (word: string) => string {
  const programs = new Set(
    target.command.flatMap((word) => (word.kind === 'program' ? word.command : [])),
  );
  return (word) => (programs.has(word) ? word : word.replaceAll('\\', '/'));
}
