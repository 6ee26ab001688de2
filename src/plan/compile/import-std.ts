import type { Family } from '../../toolchains/rules.ts';
import { addAction, type PlanContext, targetOptions } from '../context.ts';
import type { ResolvedTarget } from '../resolved-target.ts';

/** What `import std;` asks of a target's sources and of its program. */
export interface StandardModule {
  readonly args: readonly string[];
  readonly inputs: readonly string[];
  readonly objects: readonly string[];
}

const none: StandardModule = { args: [], inputs: [], objects: [] };

/**
 * The standard library as a module (`cpp_importstd`). As with Meson it is made once, as the first target
 * that asks for it is compiled, and all share it.
 */
export function standardModule(
  context: PlanContext,
  { target }: ResolvedTarget,
  { compile, toolchain }: Family,
): StandardModule {
  const rules = compile.modules?.standard;
  if (rules === undefined) return none;
  const options = targetOptions(context, target);
  if (options(`${toolchain.language}_importstd`) !== 'true') return none;
  const { module, object } = rules;
  if (!planned.has(context)) {
    planned.add(context);
    addAction(context, {
      rule: 'CUSTOM_COMMAND',
      description: 'Compiling the standard library as a C++ module',
      work: {
        kind: 'command',
        argv: [
          ...compile.command,
          ...[...compile.options(options), ...compile.std(options), ...rules.make],
        ],
        environment: [],
      },
      inputs: [],
      outputs: [module, object],
    });
  }
  return { args: rules.use, inputs: [module], objects: [object] };
}

const planned = new WeakSet<PlanContext>();
