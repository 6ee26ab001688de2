import type { LinkItem } from '../../model/target.ts';
import type { PlanContext } from '../context.ts';
import { buildTarget } from '../resolve-target.ts';
import { nativeArgumentFiles } from './rust/crate-scripts.ts';
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
function ofWorkspace({ model }: PlanContext, item: LinkItem): readonly string[] {
  const target = model.targets.get(item.target);
  if (item.kind !== 'output' || target.kind !== 'custom' || target.crate === undefined) return [];
  const build = model.crates?.[target.crate.build];
  const unit = build?.graph.units.get(target.crate.unit);
  if (build === undefined || unit?.target.crateTypes[item.output] !== 'staticlib') return [];
  return linkedRuns(build, unit).map((id) => scriptFiles(build, build.graph.units.get(id)).native);
}
