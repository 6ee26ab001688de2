import { posix } from 'node:path';
import { sha256Of } from '../../base/sha256.ts';
import type { CrateUnitId, UnitSide } from '../../model/crate-graph.ts';
import type { SharedUnit } from './share-units.ts';

/**
 * Tells units apart in the names of their outputs. The profile's name is no part of it: what `build`
 * and `test` have in common is made once. Nor is the place of the workspace, nor its side: what is compiled for
 * the machine that builds is the same whichever machine the rest is for.
 */
export function unitHash(
  unit: SharedUnit,
  about: {
    readonly compiler: (side: UnitSide) => string;
    readonly root: string;
    readonly lto: readonly string[];
    readonly hashOf: (id: CrateUnitId) => string;
  },
): string {
  const { package: of, target, profile } = unit;
  const { name: _name, ...settings } = profile;
  const { source, manifest, folder } = of;
  const place =
    source.kind === 'path' ? posix.relative(about.root, folder) : JSON.stringify(source);
  const parts = [
    about.compiler(unit.side),
    manifest.package.name,
    manifest.package.version,
    place,
    target.kind,
    target.name,
    target.crateTypes.join(),
    unit.mode,
    unit.features.join(),
    JSON.stringify(settings),
    about.lto.join(),
    ...unit.dependencies.map((one) => `${one.externName}=${about.hashOf(one.unit)}`).sort(),
  ];
  return sha256Of(parts.join('\0')).slice(0, 16);
}
