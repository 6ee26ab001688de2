import { isAbsolute, join } from 'node:path/posix';
import type { Dependency } from '../../model/dependency.ts';
import { compileArgsOf } from '../../model/dependency-args.ts';
import type { Model } from '../../model/model.ts';
import type { Item } from '../../model/target.ts';
import { absolute } from './targets.ts';

/** `intro-dependencies.json`: what `dependency()` found, each name once. */
export function introspectDependencies(model: Model): readonly unknown[] {
  const byName = new Map<string, unknown>();
  for (const [id, variables] of model.foundDependencies ?? []) {
    const dependency = model.dependencies.get(id);
    byName.set(dependency.name, shown(model, dependency, variables));
  }
  return [...byName.values()];
}

function shown(model: Model, dependency: Dependency, variables: readonly string[]): unknown {
  return {
    name: dependency.name,
    type: dependency.type,
    version: dependency.version,
    compile_args: compileArgsOf(dependency),
    link_args: dependency.linkArgs,
    include_directories: dependency.includeDirectories.flatMap(({ paths }) =>
      paths.flatMap((path) =>
        isAbsolute(path) ? [path] : [join(model.sourceRoot, path), join(model.buildRoot, path)],
      ),
    ),
    sources: dependency.sources.flatMap((item) => names(model, item)),
    extra_files: dependency.extraFiles.map((file) => absolute(model, file)),
    dependencies: dependency.dependencies.map((id) => model.dependencies.get(id).name),
    depends: dependency.linkWith.map(({ target }) => model.targets.get(target).introspectionId),
    meson_variables: variables,
  };
}

function names(model: Model, item: Item): readonly string[] {
  if (item.kind === 'file') return [absolute(model, item.file)];
  if (item.kind !== 'output') return [];
  const target = model.targets.get(item.target);
  return target.kind === 'custom' ? [target.outputs[item.output] ?? ''] : [];
}
