import type { CrateBuild, CrateUnit } from '../../../../model/crate-graph.ts';
import type { LinkItem } from '../../../../model/target.ts';
import type { PlanContext } from '../../../context.ts';

/** A library of a Cargo workspace that a target of a build file links. */
export interface CrateOutput {
  readonly build: CrateBuild;
  readonly unit: CrateUnit;
  /** With the crates that it needs inside: `staticlib`. */
  readonly isArchive: boolean;
  /** `cdylib`, `dylib`. */
  readonly isShared: boolean;
}

/** The library of a Cargo workspace that a link item stands for; undefined for all else. */
export function crateOutput(
  { model }: Pick<PlanContext, 'model'>,
  item: LinkItem,
): CrateOutput | undefined {
  const target = model.targets.get(item.target);
  if (item.kind !== 'output' || target.kind !== 'custom' || target.crate === undefined)
    return undefined;
  const build = model.crates?.[target.crate.build];
  const unit = build?.graph.units.get(target.crate.unit);
  if (build === undefined || unit === undefined) return undefined;
  const type = unit.target.crateTypes[item.output];
  const isShared = type === 'cdylib' || type === 'dylib';
  return { build, unit, isArchive: type === 'staticlib', isShared };
}
