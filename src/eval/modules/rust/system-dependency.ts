import { object, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { builtin, optional, positional } from '../../declare.ts';
import { addDependency } from '../../functions/dependency/rows.ts';
import { type DependencyObject, dependencyType } from '../../objects/dependency.ts';

export const rustSystemDependency = builtin({
  name: 'to_system_dependency',
  label: 'rust.to_system_dependency',
  doc: 'A dependency that also tells crates that it is there, as the crate system-deps does.',
  since: '1.11.0',
  positional: [
    positional('dependency', object(dependencyType), 'What was found.'),
    optional(
      'name',
      str,
      "Its name in `cfg(system_deps_have_NAME)`; the dependency's own when absent.",
    ),
  ],
  returns: 'dep',
  run: (call, { positional: [dependency, name] }) => systemDependency(call, dependency, name),
});

/** The dependency with `--cfg system_deps_have_NAME`; one that was not found stays as it is. */
export function systemDependency(
  call: Call,
  dependency: DependencyObject,
  name: string | undefined,
): DependencyObject {
  const found = call.evaluation.tables.dependencies.get(dependency.dependency);
  if (found.kind === 'not-found') return dependency;
  const chosen = name || found.name;
  if (chosen === '')
    call.fail('rust.to_system_dependency() called with an unnamed dependency and no explicit name');
  return addDependency(call.evaluation, {
    kind: 'internal',
    name: found.name,
    type: 'internal',
    version: found.version,
    compileArgs: ['--cfg', `system_deps_have_${chosen.replace(/[^a-zA-Z0-9]/g, '_')}`],
    dependencies: [dependency.dependency],
    // The words mean something to rustc alone, which takes no words of other dependencies.
    language: 'rust',
  });
}
