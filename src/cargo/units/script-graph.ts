import { err, ok, type Result } from '../../base/result.ts';
import { type Diagnostic, errorAt } from '../../diag/diagnostic.ts';
import type { CrateGraph, UnitSide } from '../../model/crate-graph.ts';
import { targetApplies } from '../cfg.ts';
import { placeOfKey } from '../manifest/toml.ts';
import { forSelected, runsInBuild } from './open-unit.ts';
import type { Package, PackageId, PackageSet } from './packages/package-set.ts';
import { packageTargets } from './packages/package-targets.ts';
import { shareUnits } from './share-units.ts';
import { scriptRun, unitOf } from './unit-dependencies.ts';
import { chosenFeatures, gather, gatheringOf, numbered, type UnitRequest } from './unit-graph.ts';

/** What is asked: the run of one package's script, for features that somebody else has chosen. */
export interface ScriptRequest
  extends Pick<
    UnitRequest,
    'profile' | 'profiles' | 'isCross' | 'compiler' | 'platform' | 'replacesScript' | 'incremental'
  > {
  readonly package: PackageId;
  readonly features: readonly string[];
  readonly side: UnitSide;
}

/**
 * The run of a package's build script, and all that has to be compiled before it. The package's
 * own targets are not in it: they are somebody else's business.
 */
export function scriptGraph(
  packages: PackageSet,
  { package: id, features, side, ...request }: ScriptRequest,
): Result<CrateGraph, readonly Diagnostic[]> {
  const of = packages.package(id);
  if (of === undefined) return err(packages.faults);
  const wanted = { features, all: false, withDefault: false };
  const chosen = chosenFeatures(packages, { ...request, tests: false }, [{ of, wanted }]);
  const gathering = gatheringOf(packages, { ...request, purpose: 'build' }, chosen);
  const target = packageTargets(of).find(({ kind }) => kind === 'lib' || kind === 'bin');
  if (target === undefined) return err([missing(of, 'neither a library nor a program')]);
  const isTool = runsInBuild(target);
  const purpose = { ...forSelected, alwaysUnwind: isTool };
  const unit = unitOf(gathering, of, { target, mode: 'build', side, purpose });
  const roots = scriptRun(gathering, unit, purpose);
  const edges = gather(gathering, roots);
  const faults = [...packages.faults, ...lacking(packages, of, request)];
  if (faults.length > 0) return err(faults);
  const shared = shareUnits({
    pool: gathering.pool,
    edges,
    roots: roots.map((root) => root.unit),
    isCross: request.isCross,
    selected: new Set(),
  });
  const { root } = packages.workspace;
  const finished = numbered(shared, { compiler: request.compiler, root });
  return ok({ root, ...finished, roots: shared.roots });
}

/** What a script needs and nobody has: rustc would only say that it knows no such crate. */
function lacking(
  packages: PackageSet,
  of: Package,
  { platform, isCross }: Pick<ScriptRequest, 'platform' | 'isCross'>,
): readonly Diagnostic[] {
  const there = new Set(packages.dependencies(of.id).map(({ declared }) => declared));
  const { manifest } = of;
  return [{ key: undefined, ...manifest }, ...manifest.platforms].flatMap((tables) => {
    const applies =
      tables.key === undefined || targetApplies(tables.key, platform(isCross ? 'build' : 'host'));
    if (applies !== true && (!applies.ok || !applies.value)) return [];
    return [...tables.buildDependencies.values()]
      .filter((declared) => !declared.optional && !there.has(declared))
      .map(({ key, crate }) => missing(of, `no "${crate}"`, key));
  });
}

function missing({ manifest }: Package, what: string, key = 'package'): Diagnostic {
  const { name, version } = manifest.package;
  return errorAt(
    placeOfKey(manifest.source, key),
    `The build script of ${name} ${version} cannot be built: there is ${what}`,
    'It may come from Cargo.lock or a wrap; a folder "meson" beside Cargo.toml replaces the script.',
  );
}
