import { type Diagnostic, errorAt, plainError } from '../../../diag/diagnostic.ts';
import { isTable, placeOfKey, type Table } from '../../manifest/toml.ts';
import type { PackageSet } from '../packages/package-set.ts';
import { packagesOfSpec } from '../packages/selected-packages.ts';
import type { WrittenManifest } from '../packages/written-manifest.ts';
import { inheritance } from '../profiles.ts';

/** Two specs of a profile that both mean a package, whose settings would be anybody's guess. */
export function overrideFault(
  manifests: readonly WrittenManifest[],
  packages: PackageSet,
  configured: Table = {},
): Diagnostic | undefined {
  const { profiles, root } = packages.workspace;
  const layers = [profiles, configured];
  const names = new Set(layers.flatMap((layer) => Object.keys(layer)));
  for (const name of [...names].sort()) {
    if (specsOf(layers, [name]).length === 0) continue;
    const found = sameMeaning(packages, specsOf(layers, inheritance(name, layers)));
    if (found === undefined) continue;
    const { specs, of } = found;
    const message = `multiple package overrides in profile \`${name}\` match package \`${of}\`\nfound package specs: ${specs.join(', ')}`;
    const written = manifests.find(({ folder }) => folder === root);
    return written === undefined
      ? plainError(message)
      : errorAt(placeOfKey(written.source, specs.at(-1) ?? ''), message);
  }
  return undefined;
}

/** Those of profiles, without the one for all, and without addresses: packages from elsewhere may have the same name. */
function specsOf(layers: readonly Table[], profiles: readonly string[]): readonly string[] {
  const tables = profiles.flatMap((name) => layers.map((layer) => layer[name])).filter(isTable);
  const specs = tables.flatMap((one) =>
    isTable(one['package']) ? Object.keys(one['package']) : [],
  );
  return [...new Set(specs)].filter((spec) => spec !== '*' && !spec.includes('#')).sort();
}

function sameMeaning(
  packages: PackageSet,
  specs: readonly string[],
): { readonly specs: readonly string[]; readonly of: string } | undefined {
  const meant = new Map<string, string[]>();
  for (const spec of specs)
    for (const id of packagesOfSpec(packages, spec)) {
      const of = `${packages.name(id)} v${packages.version(id)}`;
      meant.set(of, [...(meant.get(of) ?? []), spec]);
    }
  const [found] = [...meant].filter(([, some]) => some.length > 1);
  return found && { of: found[0], specs: found[1] };
}
