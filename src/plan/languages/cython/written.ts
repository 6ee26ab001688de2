import { basename, join, relative } from 'node:path/posix';
import type { SourceFile } from '../../compile/object-name.ts';
import { type PlanContext, targetOptions } from '../../context.ts';
import { itemFiles } from '../../items.ts';
import { filePath, privateDir } from '../../paths.ts';
import type { ResolvedTarget } from '../../resolved-target.ts';

/** The C or C++ source that Cython writes of a source. A single one is named without its folder. */
export function writtenByCython(
  context: PlanContext,
  resolved: ResolvedTarget,
  { path }: SourceFile,
): SourceFile | undefined {
  if (!path.endsWith('.pyx')) return undefined;
  const { target } = resolved;
  const suffix = String(targetOptions(context, target)('cython_language') ?? 'c');
  const name = countSources(context, resolved) === 1 ? basename(path) : inTree(context, path);
  return { path: join(privateDir(target), `${name}.${suffix}`), built: true };
}

function countSources(context: PlanContext, resolved: ResolvedTarget): number {
  const known = counts.get(resolved);
  if (known !== undefined) return known;
  const paths = [
    ...resolved.sources.map((file) => filePath(context.paths, file)),
    ...resolved.generated.flatMap((item) => itemFiles(context, resolved.target, item)),
  ];
  const count = paths.filter((path) => path.endsWith('.pyx')).length;
  counts.set(resolved, count);
  return count;
}

const counts = new WeakMap<ResolvedTarget, number>();

function inTree({ paths }: PlanContext, path: string): string {
  const below = relative(paths.toSource, path);
  return below.startsWith('..') ? path.replace(/^\/+/, '') : below;
}
