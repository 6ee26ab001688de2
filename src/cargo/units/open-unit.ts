import type { UnitMode, UnitSide, UnitTarget } from '../../model/crate-graph.ts';
import type { Package } from './packages/package-set.ts';
import type { OpenProfile } from './profiles.ts';

/** A unit while the graph is gathered. */
export interface OpenUnit {
  readonly package: Package;
  readonly target: UnitTarget;
  readonly mode: UnitMode;
  readonly side: UnitSide;
  readonly profile: OpenProfile;
  /** Sorted. */
  readonly features: readonly string[];
}

export interface OpenDependency {
  readonly unit: OpenUnit;
  readonly purpose: Purpose;
  readonly externName: string;
  readonly isDev: boolean;
}

/** What a unit is wanted for: the same package may be wanted for several things. */
export interface Purpose {
  /** A tool of the build, or something for one: it gets the settings of such. */
  readonly forBuild: boolean;
  /** It has the features that tools of the build ask for. */
  readonly buildFeatures: boolean;
  readonly alwaysUnwind: boolean;
}

export const forSelected: Purpose = { forBuild: false, buildFeatures: false, alwaysUnwind: false };

/** What the dependencies of a macro are for that somebody selected; itself it is like any other. */
export const forSelectedTool: Purpose = { forBuild: true, buildFeatures: true, alwaysUnwind: true };

/** What a build script is for one who needs it. */
export function forScript(of: Purpose): Purpose {
  return { forBuild: true, buildFeatures: of.buildFeatures, alwaysUnwind: true };
}

/** Whether a target runs while others are built: it is made for the build machine. */
export function runsInBuild({ kind, crateTypes }: UnitTarget): boolean {
  return kind === 'build-script' || crateTypes.includes('proc-macro');
}

/** What a package is wanted for by a unit that depends on it. */
export function forDependency(of: Purpose, parent: UnitTarget, target: UnitTarget): Purpose {
  const isTool = runsInBuild(target);
  return {
    forBuild: of.forBuild || isTool,
    buildFeatures:
      of.buildFeatures ||
      parent.kind === 'build-script' ||
      target.crateTypes.includes('proc-macro'),
    alwaysUnwind: of.alwaysUnwind || isTool,
  };
}

/**
 * Makes equal units one and the same: the first. So a macro that somebody selected keeps its debug
 * information where others need it too, for which it might go without.
 */
export class UnitPool {
  readonly #units = new Map<string, OpenUnit>();

  unit(draft: OpenUnit): OpenUnit {
    const key = unitKey(draft);
    const known = this.#units.get(key);
    if (known !== undefined) return known;
    this.#units.set(key, draft);
    return draft;
  }

  has(draft: OpenUnit): boolean {
    return this.#units.has(unitKey(draft));
  }
}

/** What makes two units the same. */
export function unitKey(unit: OpenUnit): string {
  const { target } = unit;
  const { debuginfoDeferred: _deferred, ...profile } = unit.profile;
  return [
    unit.package.id,
    target.kind,
    target.name,
    unit.mode,
    unit.side,
    unit.features.join(),
    Object.values(profile).join(),
  ].join('|');
}
