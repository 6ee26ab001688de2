import { type Diagnostic, errorAt, plainError } from '../../../diag/diagnostic.ts';
import type { CrateGraph } from '../../../model/crate-graph.ts';
import { placeOfKey } from '../../manifest/toml.ts';
import type { PackageSet } from '../packages/package-set.ts';
import { isLinkable } from '../packages/package-targets.ts';

/** What Cargo warns of where packages need others that nothing can be linked with. */
export function libraryWarnings(packages: PackageSet, graph: CrateGraph): readonly Diagnostic[] {
  return [...missing(packages, graph), ...unlinkable(graph)].map((one) => ({
    ...one,
    severity: 'warning' as const,
  }));
}

/** Of packages that were asked for. Only such lines are looked at whose package has been read for certain. */
function missing(packages: PackageSet, graph: CrateGraph): readonly Diagnostic[] {
  const selected = new Set(
    [...graph.units.values()]
      .filter(({ isSelected }) => isSelected)
      .map((unit) => graph.packages.get(unit.package).folder),
  );
  return [...selected].flatMap((folder) => {
    const id = packages.members.get(folder);
    const of = id === undefined ? undefined : packages.package(id);
    if (of === undefined) return [];
    const { name, version } = of.manifest.package;
    return packages
      .dependencies(of.id)
      .filter(({ platform, declared }) => platform === undefined && !declared.optional)
      .flatMap(({ to, declared }) => {
        const found = packages.package(to);
        return found === undefined || found.manifest.library !== undefined
          ? []
          : errorAt(
              placeOfKey(of.manifest.source, declared.key),
              `${name} v${version} (${folder}) ignoring invalid dependency \`${packages.name(to)}\` which is missing a lib target`,
            );
      });
  });
}

/** Of the user's own packages. */
function unlinkable({ units, packages }: CrateGraph): readonly Diagnostic[] {
  const told = new Map<string, Diagnostic>();
  for (const unit of units.values()) {
    const own = packages.get(unit.package);
    if (own.source.kind !== 'path' || unit.mode === 'run-script') continue;
    const libraries = unit.dependencies
      .map((one) => units.get(one.unit))
      .filter(({ target, mode }) => target.kind === 'lib' && mode === 'build');
    const [first] = libraries;
    if (first === undefined || libraries.some(({ target }) => isLinkable(target))) continue;
    const { name } = packages.get(first.package);
    const message = `the package \`${name}\` provides no linkable target`;
    told.set(
      `${name} ${own.name}`,
      plainError(
        message,
        `This might cause \`${own.name}\` to fail compilation. Consider adding 'dylib' or 'rlib' to key 'crate-type' in \`${name}\`'s Cargo.toml.`,
      ),
    );
  }
  return [...told.values()];
}
