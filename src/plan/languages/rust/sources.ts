import { basename, join } from 'node:path/posix';
import type { BuildTarget, Item } from '../../../model/target.ts';
import { addAction, type PlanContext } from '../../context.ts';
import { itemFiles } from '../../items.ts';
import { filePath, privateDir } from '../../paths.ts';
import { buildTarget } from '../../resolve-target.ts';
import type { ResolvedTarget } from '../../resolved-target.ts';

/** What rustc is given: the crate's root, which names all else, and files that must exist first. */
export interface CrateSources {
  readonly root: string | undefined;
  readonly orderOnly: readonly string[];
}

/** The root of a crate, and what has to be made before rustc reads it. */
export function crateSources(context: PlanContext, resolved: ResolvedTarget): CrateSources {
  const { target } = resolved;
  if (target.structuredSources.length > 0) return structuredSources(context, target);
  const given = resolved.sources.map((file) => filePath(context.paths, file));
  const generated = resolved.generated.flatMap((item) => itemFiles(context, target, item));
  const named = target.rust?.root && itemFiles(context, target, target.rust.root)[0];
  return {
    root: named ?? [...given, ...generated].find((path) => path.endsWith('.rs')),
    orderOnly: generated,
  };
}

/** Sources in folders of their own are copied to one place, unless all of them lie in the source tree. */
function structuredSources(context: PlanContext, target: BuildTarget): CrateSources {
  const items = target.structuredSources.flatMap(({ items: inFolder }) => inFolder);
  const copies = structuredCopies(context, target);
  if (items.every(isInSourceTree)) {
    const paths = copies.map((copy) => copy.from);
    return { root: paths.find((path) => path.endsWith('.rs')), orderOnly: paths };
  }
  const paths = copies.map((copy) => copy.to);
  return { root: paths.find((path) => path.endsWith('.rs')), orderOnly: paths };
}

/** Adds the copies that structured sources need; documentation is tested from those of the crate. */
export function planStructuredSources(context: PlanContext, target: BuildTarget): void {
  if (target.rust?.documented !== undefined) return;
  const items = target.structuredSources.flatMap(({ items: inFolder }) => inFolder);
  if (items.every(isInSourceTree)) return;
  for (const { from, to } of structuredCopies(context, target)) {
    addAction(context, {
      rule: 'COPY_FILE',
      description: `Copying ${from} to ${to}`,
      work: { kind: 'copy', from, to },
      inputs: [from],
      outputs: [to],
    });
  }
}

function structuredCopies(
  context: PlanContext,
  target: BuildTarget,
): readonly { readonly from: string; readonly to: string }[] {
  const { documented } = target.rust ?? {};
  const home = (documented !== undefined && buildTarget(context, documented)) || target;
  return target.structuredSources.flatMap(({ folder, items }) =>
    items
      .flatMap((item) => itemFiles(context, target, item))
      .map((from) => ({
        from,
        to: join(privateDir(home), 'structured', folder, basename(from)),
      })),
  );
}

function isInSourceTree(item: Item): boolean {
  return item.kind === 'file' && item.file.tree === 'source';
}
