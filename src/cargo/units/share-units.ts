import { invariant } from '../../base/assert.ts';
import { Rows } from '../../base/rows.ts';
import type { CrateUnit, CrateUnitId, UnitProfile } from '../../model/crate-graph.ts';
import { type OpenDependency, type OpenUnit, type UnitPool, unitKey } from './open-unit.ts';
import type { PackageId } from './packages/package-set.ts';
import type { OpenProfile } from './profiles.ts';

/** A unit of the final graph, its package still whole. */
export type SharedUnit = Omit<CrateUnit, 'package' | 'hash' | 'lto'> & {
  readonly package: OpenUnit['package'];
};

export interface GatheredUnits {
  readonly pool: UnitPool;
  readonly edges: ReadonlyMap<OpenUnit, readonly OpenDependency[]>;
  readonly roots: readonly OpenUnit[];
  /** Build machine and host machine differ: nothing is shared between them. */
  readonly isCross: boolean;
  /** Packages of which something was asked for. */
  readonly selected: ReadonlySet<PackageId>;
}

/**
 * Makes units one that are the same down to their dependencies: where nothing is cross compiled,
 * what tools of the build need and what all else needs. Tools go without debug information, unless
 * that makes one unit more.
 */
export function shareUnits({ pool, edges, roots, isCross, selected }: GatheredUnits): {
  readonly units: Rows<CrateUnitId, SharedUnit>;
  readonly roots: readonly CrateUnitId[];
} {
  const units = new Rows<CrateUnitId, SharedUnit>();
  const byKey = new Map<string, CrateUnitId>();
  const done = new Map<OpenUnit, CrateUnitId>();
  const share = (unit: OpenUnit, forBuild: boolean): void => {
    const dependencies = (edges.get(unit) ?? []).map(({ unit: of, externName, isDev }) => {
      const id = done.get(of);
      invariant(id !== undefined, 'dependencies come first');
      return { unit: id, externName, isDev };
    });
    const profile = finalProfile(unit, {
      hasNoDebug: dependencies.every(({ unit: id }) => units.get(id).profile.debuginfo === '0'),
      mayWeaken: forBuild && !isCross,
      isWantedWith: (debug) => pool.has({ ...unit, side: 'host', profile: debug }),
    });
    const side = isCross ? unit.side : 'host';
    const key = `${unitKey({ ...unit, side, profile: { ...profile, debuginfoDeferred: false } })}|${dependencies.map(({ unit: id }) => id).join()}`;
    const isSelected = selected.has(unit.package.id);
    const final = { ...unit, side, profile, dependencies, isSelected } as const;
    const known = byKey.get(key) ?? units.add(final);
    byKey.set(key, known);
    done.set(unit, known);
  };
  for (const [unit, forBuild] of inOrder(edges, roots)) share(unit, forBuild);
  return { units, roots: roots.map((one) => done.get(one) ?? (0 as CrateUnitId)) };
}

/** Each unit once, after its dependencies, and whether a tool of the build was the first to want it. */
function inOrder(
  edges: ReadonlyMap<OpenUnit, readonly OpenDependency[]>,
  roots: readonly OpenUnit[],
): ReadonlyMap<OpenUnit, boolean> {
  const order = new Map<OpenUnit, boolean>();
  const entered = new Set<OpenUnit>();
  for (const root of roots) {
    const path = [{ unit: root, forBuild: false, next: 0 }];
    if (entered.has(root)) continue;
    entered.add(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const dependency = edges.get(top.unit)?.[top.next++];
      if (dependency === undefined) {
        order.set(top.unit, top.forBuild);
        path.pop();
      } else if (!entered.has(dependency.unit)) {
        entered.add(dependency.unit);
        path.push({ unit: dependency.unit, forBuild: dependency.purpose.forBuild, next: 0 });
      }
    }
  }
  return order;
}

function finalProfile(
  { profile }: OpenUnit,
  about: {
    readonly hasNoDebug: boolean;
    readonly mayWeaken: boolean;
    readonly isWantedWith: (profile: OpenProfile) => boolean;
  },
): UnitProfile {
  const { debuginfoDeferred, strip, ...rest } = profile;
  const stripped = profile.debuginfo === '0' && about.hasNoDebug ? 'debuginfo' : 'none';
  const closed = { ...profile, strip: strip ?? (stripped === 'none' ? undefined : stripped) };
  const isWeak = debuginfoDeferred && about.mayWeaken && !about.isWantedWith(closed);
  return {
    ...rest,
    debuginfo: isWeak ? '0' : profile.debuginfo,
    strip: strip ?? stripped,
  };
}
