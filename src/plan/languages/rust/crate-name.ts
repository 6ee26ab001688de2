import type { BuildTarget } from '../../../model/target.ts';

/** How rustc knows a target: no dashes, blanks or dots, and nothing behind a `+`. */
export function crateName(name: string): string {
  return name.replace(/[- .]/g, '_').split('+', 1)[0] ?? name;
}

/** The name by which a crate's source speaks of another (`rust_dependency_map`). */
export function dependencyName(user: BuildTarget, dependency: BuildTarget): string {
  const map = user.rust?.dependencyMap;
  const name = map?.get(dependency.name) ?? map?.get(crateName(dependency.name));
  return crateName(name ?? dependency.name);
}
