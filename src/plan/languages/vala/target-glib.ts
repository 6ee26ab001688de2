import type { BuildTarget, DependencyId } from '../../../model/target.ts';
import { dependencyOf, type PlanContext } from '../../context.ts';

/** `--target-glib`: the oldest GLib that the build file asks for, which decides what valac may use. */
export function targetGlib(context: PlanContext, target: BuildTarget): readonly string[] {
  const seen = new Set<DependencyId>();
  const args: string[] = [];
  const visit = (id: DependencyId): void => {
    if (seen.has(id)) return;
    seen.add(id);
    const { name, type, kind, version, versionRequirements, dependencies } = dependencyOf(
      context,
      id,
    );
    if (name === 'glib-2.0') {
      const wanted =
        type === 'pkgconfig'
          ? versionRequirements?.find((text) => /^(>=|==)/.test(text))?.slice(2)
          : kind === 'internal'
            ? stable(version)
            : undefined;
      if (wanted !== undefined) args.push('--target-glib', wanted.trim());
    }
    for (const inner of dependencies) visit(inner);
  };
  for (const id of target.dependencies) visit(id);
  return args;
}

/** A development version counts as the stable one before it: valac knows no others. */
function stable(version: string): string | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)\.\w+$/.exec(version) ?? [];
  return minor === undefined ? undefined : `${major}.${Number(minor) - (Number(minor) % 2)}`;
}
