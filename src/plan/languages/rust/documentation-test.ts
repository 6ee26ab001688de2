import type { EnvironmentChange } from '../../../base/environment.ts';
import type { TargetId } from '../../../model/target.ts';
import { familyFor } from '../../compile/compile-units.ts';
import type { PlanContext } from '../../context.ts';
import { givenObjects } from '../../link/extracted-objects.ts';
import { buildTarget, resolveTarget } from '../../resolve-target.ts';
import { doctestArgs } from './crate-args.ts';
import { crateLinks } from './crate-links.ts';
import { crateVariables, saidByScripts, withScriptVariables } from './crate-scripts.ts';
import { crateSources } from './sources.ts';

/** What rustdoc takes before each argument for the tests that it runs. */
export const argumentOption = '--test-args';

/** A documentation test: `rustdoc --test` over the crate's sources, with all that the crate links. */
export function documentationTest(
  context: PlanContext,
  id: TargetId,
):
  | {
      readonly argv: readonly string[];
      readonly depends: readonly string[];
      readonly environment: readonly EnvironmentChange[];
    }
  | undefined {
  const target = buildTarget(context, id);
  if (target?.rust?.doctest !== true) return undefined;
  const family = familyFor(context, target, 'rust');
  const rustdoc = family?.rust?.rustdoc;
  if (family === undefined || rustdoc === undefined) return undefined;
  const resolved = resolveTarget(context, id);
  const objects = givenObjects(context, resolved);
  const links = crateLinks(context, resolved, { family, objects });
  const { root, orderOnly } = crateSources(context, resolved);
  // The words behind the compiler (its linker) are meant for rustdoc, too.
  const words = family.toolchain.command.slice(rustdoc.length);
  const args = doctestArgs(context, resolved, family).add(links.args).toNative();
  const said = saidByScripts(context, resolved);
  const sources = root === undefined ? [] : [root];
  return {
    argv: withScriptVariables(said, [...rustdoc, ...words, ...args, ...said.args, ...sources]),
    depends: [...links.inputs, ...said.inputs, ...orderOnly],
    environment: crateVariables(context, target),
  };
}
