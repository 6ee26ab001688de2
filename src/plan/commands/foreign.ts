import { plainError } from '../../diag/diagnostic.ts';
import type { CommandWord, Target } from '../../model/target.ts';
import type { PlanContext } from '../context.ts';
import { runnerOf } from '../languages/runner.ts';
import { absolutePath, targetFile } from '../paths.ts';

/** Whether the build makes it for a machine whose programs do not run here. */
export function isForeign({ model }: PlanContext, target: Target): boolean {
  return target.kind === 'build' && target.machine === 'host' && model.needsExeWrapper;
}

/** What a command puts before a program that the build makes: an interpreter, the wrapper of another machine. */
export function startedWith(
  context: PlanContext,
  { runner }: Extract<CommandWord, { readonly kind: 'target' }>,
  target: Target,
): readonly string[] {
  if (runner !== undefined) return runner;
  if (target.kind !== 'build') return [];
  if (!isForeign(context, target))
    return runnerOf(target, context.model.machines[target.machine].system);
  const wrapper = context.model.exeWrapper;
  if (wrapper !== undefined) return wrapper;
  const path = absolutePath(context.paths, targetFile(target));
  context.diagnostics.push(
    plainError(
      `An exe_wrapper is needed for ${path} but was not found. Please define one in cross file and check the command and/or add it to PATH.`,
    ),
  );
  return [];
}
