import { join } from 'node:path/posix';
import { crateFileName } from '../../../../model/crate-file-names.ts';
import type { CrateBuild, CrateUnit } from '../../../../model/crate-graph.ts';
import { crateNameOf, extraFileName, unitFiles } from './unit-files.ts';
import { profileFolder } from './unit-folders.ts';

/**
 * Where a shared library of Rust lies under the name that people know it by, and of what it is a copy. Of
 * several of the name one that is wanted for itself has it, else the first.
 */
export function plainLibrary(
  build: CrateBuild,
  unit: CrateUnit,
): { readonly path: string; readonly from: string } | undefined {
  if (!isDylib(unit)) return undefined;
  const { graph, tools } = build;
  const folder = profileFolder(build, unit);
  const same = [...graph.units.entries()].filter(
    ([, one]) =>
      isDylib(one) &&
      crateNameOf(one) === crateNameOf(unit) &&
      profileFolder(build, one) === folder,
  );
  const [, first] = same.find(([id]) => graph.roots.includes(id)) ?? same[0] ?? [];
  if (first?.hash !== unit.hash) return undefined;
  const { triple } = tools.sides[unit.side];
  const [name, made] = [crateNameOf(unit), `${crateNameOf(unit)}${extraFileName(build, unit)}`].map(
    (stem) => crateFileName('dylib', stem, triple),
  );
  if (name === undefined || made === undefined) return undefined;
  return { path: join(folder, name), from: join(unitFiles(build, unit).folder, made) };
}

function isDylib({ mode, target }: CrateUnit): boolean {
  return mode === 'build' && target.kind === 'lib' && target.crateTypes.includes('dylib');
}
