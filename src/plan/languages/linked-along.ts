import type { BuildTarget, LinkItem } from '../../model/target.ts';
import { familyOf } from '../../toolchains/family.ts';
import { nativeLinkArgs } from '../../toolchains/rustc/native-link-args.ts';
import { type PlanContext, toolchainFor } from '../context.ts';
import { buildTarget } from '../resolve-target.ts';
import { nativeArgumentFiles } from './rust/crate-scripts.ts';
import { crateOutput } from './rust/units/crate-output.ts';
import { linkedRuns, scriptFiles } from './rust/units/unit-files.ts';

/** Files of arguments that linking a library asks for: what they say is known only while building. */
export function linkedAlong(context: PlanContext, closure: readonly LinkItem[]): readonly string[] {
  return closure.flatMap((item) =>
    buildTarget(context, item.target)?.rust?.crateType === 'staticlib'
      ? nativeArgumentFiles(context, item.target)
      : ofWorkspace(context, item),
  );
}

/** The same of a static library of a Cargo workspace, which holds its crates, and not what these link. */
function ofWorkspace(context: PlanContext, item: LinkItem): readonly string[] {
  const output = crateOutput(context, item);
  if (output === undefined || !output.isArchive) return [];
  const { build, unit } = output;
  return linkedRuns(build, unit).map((id) => scriptFiles(build, build.graph.units.get(id)).native);
}

/** What the standard library inside such a library needs from the system: its crates may count on it. */
export function neededByCrates(
  context: PlanContext,
  target: Pick<BuildTarget, 'machine'>,
  closure: readonly LinkItem[],
): readonly string[] {
  const isArchive = (item: LinkItem): boolean => crateOutput(context, item)?.isArchive === true;
  const toolchain = toolchainFor(context, target, 'rust');
  const rust = toolchain && familyOf(toolchain).rust;
  return rust !== undefined && closure.some(isArchive) ? nativeLinkArgs(rust) : [];
}
