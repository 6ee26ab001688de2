import type { Family } from '../../../toolchains/rules.ts';
import { familyFor, generatedSources } from '../../compile/compile-units.ts';
import { fileRole } from '../../compile/file-kind.ts';
import { commonCompileArgs } from '../../compile/project-args.ts';
import { addAction, type PlanContext, targetOptions } from '../../context.ts';
import { ruleSuffix } from '../../machine-suffix.ts';
import { absolutePath, filePath } from '../../paths.ts';
import type { ResolvedTarget } from '../../resolved-target.ts';
import { writtenByCython } from './written.ts';

/** Adds an action for each Cython source of a target: it writes C or C++. */
export function planCython(context: PlanContext, resolved: ResolvedTarget): void {
  const { target } = resolved;
  const family = familyFor(context, target, 'cython');
  if (family === undefined) return;
  const args = cythonArgs(context, resolved, family);
  const generated = generatedSources(context, resolved);
  const included = generated
    .map(({ path }) => path)
    .filter((path) => ['header', 'other'].includes(fileRole(path)));
  const given = resolved.sources.map((file) => ({
    path: absolutePath(context.paths, filePath(context.paths, file)),
    own: filePath(context.paths, file),
  }));
  const all = [...given, ...generated.map(({ path }) => ({ path, own: path }))];
  for (const { path, own } of all) {
    const written = writtenByCython(context, resolved, { path: own, built: false });
    if (written === undefined) continue;
    const depfile = family.compile.depfile && `${written.path}.dep`;
    addAction(context, {
      rule: `cython_COMPILER${ruleSuffix(context, target)}`,
      description: `Compiling Cython source ${path}`,
      work: {
        kind: 'command',
        argv: family.compile.line({
          args,
          source: path,
          output: written.path,
          ...(depfile !== undefined && { depfile }),
        }),
        environment: [],
      },
      // An old Cython does not tell what it includes.
      inputs: depfile === undefined ? [own, ...included] : [own],
      orderOnly: included,
      outputs: [written.path],
      ...(depfile !== undefined && { depfile: { path: depfile, format: 'make' as const } }),
    });
  }
}

function cythonArgs(
  context: PlanContext,
  { target }: ResolvedTarget,
  family: Family,
): readonly string[] {
  const { compile } = family;
  const options = targetOptions(context, target);
  const [ofProject = [], global = []] = commonCompileArgs(context, target, family);
  return [
    ...compile.always,
    ...compile.debug(options('debug') === true),
    ...compile.optimization(String(options('optimization') ?? '0')),
    ...compile.options(options),
    ...compile.std(options),
    ...global,
    ...ofProject,
    ...(target.compileArgs.get('cython') ?? []),
  ];
}
