import type { LinkItem } from '../../model/target.ts';
import type { LinkRules } from '../../toolchains/rules.ts';
import type { PlanContext } from '../context.ts';
import { crateOutput } from '../languages/rust/units/crate-output.ts';
import { linkableFile } from './link-closure.ts';

/** How a linker is told of a library of the build. */
export function libraryWords(
  context: PlanContext,
  item: LinkItem,
  link: Pick<LinkRules, 'library' | 'nameless'>,
): readonly string[] {
  const path = linkableFile(context, item);
  if (path === undefined) return [];
  // rustc gives shared libraries no name.
  const isNameless = crateOutput(context, item)?.isShared === true;
  if (isNameless && link.nameless !== undefined) return link.nameless(path);
  return [link.library?.(path) ?? path];
}
