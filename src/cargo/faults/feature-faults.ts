import { featureItem } from '../features/features.ts';
import type { CrateDependency, Manifest } from '../manifest/manifest.ts';
import { isTable } from '../manifest/toml.ts';
import type { Judged, ManifestFault } from './judged.ts';

/** Features that name what is not there. */
export function featureFaults({ toml, manifest }: Judged): readonly ManifestFault[] {
  if (manifest === undefined) return [];
  const written = Object.keys(isTable(toml['features']) ? toml['features'] : {});
  const tables = [manifest, ...manifest.platforms];
  const all = tables.flatMap((table) => [
    ...[...table.dependencies, ...table.devDependencies, ...table.buildDependencies],
  ]);
  const dependencies = new Map<string, { isOptional: boolean }>();
  for (const [key, { optional }] of all)
    dependencies.set(key, { isOptional: dependencies.get(key)?.isOptional === true || optional });
  return [
    ...written.flatMap(nameFault),
    ...written.flatMap((name) =>
      (manifest.features.get(name) ?? []).flatMap((item) =>
        itemFault(manifest, dependencies, { name, item }),
      ),
    ),
    ...tables.flatMap(({ devDependencies }) =>
      [...devDependencies.values()].filter(({ optional }) => optional).map(optionalDev),
    ),
    ...unusedOptional(manifest, dependencies),
    ...requiredFaults(manifest),
  ];
}

function nameFault(name: string): readonly ManifestFault[] {
  const said = (why: string) => [{ key: name, message: why }];
  if (name === '') return said('feature name cannot be empty');
  if (name.startsWith('dep:'))
    return said(`feature named \`${name}\` is not allowed to start with \`dep:\``);
  if (name.includes('/'))
    return said(
      `invalid character \`/\` in feature name: \`${name}\`, feature name is not allowed to contain slashes`,
    );
  const first = /^[^\p{XID_Start}0-9_]/u.exec(name);
  const odd = first ?? /[^\p{XID_Continue}+.-]/u.exec(name);
  if (odd === null) return [];
  const wanted =
    first === null
      ? "characters must be Unicode XID characters, '-', `+`, or `.` (numbers, `+`, `-`, `_`, `.`, or most letters)"
      : 'the first character must be a Unicode XID start character or digit (most letters or `_` or `0` to `9`)';
  return said(`invalid character \`${odd[0]}\` in feature name: \`${name}\`, ${wanted}`);
}

type Dependencies = ReadonlyMap<string, { readonly isOptional: boolean }>;

function itemFault(
  manifest: Manifest,
  dependencies: Dependencies,
  { name, item }: { readonly name: string; readonly item: string },
): readonly ManifestFault[] {
  const said = (why: string, hint?: string): readonly ManifestFault[] => [
    { key: name, message: `feature \`${name}\` includes ${why}`, ...(hint && { hint }) },
  ];
  const same = 'A non-optional dependency of the same name is defined; consider';
  const makeOptional = `${same} adding \`optional = true\` to its definition.`;
  const meant = featureItem(item);
  switch (meant.kind) {
    case 'feature': {
      if (manifest.features.has(meant.name)) return [];
      const found = dependencies.get(meant.name);
      if (found === undefined)
        return said(`\`${item}\` which is neither a dependency nor another feature`);
      return found.isOptional
        ? said(
            `\`${item}\`, but \`${item}\` is an optional dependency without an implicit feature`,
            `Use \`dep:${item}\` to enable the dependency.`,
          )
        : said(`\`${item}\`, but \`${item}\` is not an optional dependency`, makeOptional);
    }
    case 'dependency': {
      if (item.includes('/'))
        return said(
          `\`${item}\` with both \`dep:\` and \`/\``,
          'To fix this, remove the `dep:` prefix.',
        );
      const found = dependencies.get(meant.key);
      if (found === undefined)
        return said(`\`${item}\`, but \`${meant.key}\` is not listed as a dependency`);
      return found.isOptional
        ? []
        : said(`\`${item}\`, but \`${meant.key}\` is not an optional dependency`, makeOptional);
    }
    case 'dependency-feature': {
      const found = dependencies.get(meant.key);
      if (found === undefined) return said(`\`${item}\`, but \`${meant.key}\` is not a dependency`);
      return !meant.weak || found.isOptional
        ? []
        : said(
            `\`${item}\` with a \`?\`, but \`${meant.key}\` is not an optional dependency`,
            `${same} removing the \`?\` or changing the dependency to be optional`,
          );
    }
  }
}

/** What a target may not require: it is a feature that is on or off. */
function requiredFaults({ library, binaries, ...others }: Manifest): readonly ManifestFault[] {
  const { examples, tests, benches } = others;
  const targets = [...(library ? [library] : []), ...binaries.values(), ...examples, ...tests];
  return [...targets, ...benches].flatMap(({ name, requiredFeatures }) =>
    requiredFeatures.flatMap((text) => {
      const item = featureItem(text);
      const why =
        item.kind === 'dependency'
          ? '`dep:` prefixed feature values are not allowed in required-features'
          : item.kind === 'dependency-feature' && item.weak
            ? 'optional dependency with `?` is not allowed in required-features'
            : undefined;
      const message = `invalid feature \`${text}\` in required-features of target \`${name}\`: ${why}`;
      return why === undefined ? [] : [{ key: 'required-features', message }];
    }),
  );
}

function optionalDev({ key }: CrateDependency): ManifestFault {
  return { key, message: `dev-dependencies are not allowed to be optional: \`${key}\`` };
}

/** One that a feature of its name hides, and none switches on. */
function unusedOptional(
  { features }: Manifest,
  dependencies: Dependencies,
): readonly ManifestFault[] {
  const used = new Set(
    [...features.values()].flat().flatMap((text) => {
      const item = featureItem(text);
      return item.kind === 'feature' ? [] : [item.key];
    }),
  );
  return [...dependencies]
    .filter(([key, { isOptional }]) => isOptional && !used.has(key))
    .map(([key]) => ({
      key,
      message: `optional dependency \`${key}\` is not included in any feature`,
      hint: `Make sure that \`dep:${key}\` is included in one of features in the [features] table.`,
    }));
}
