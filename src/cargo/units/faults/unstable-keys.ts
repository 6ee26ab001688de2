import { type Diagnostic, errorAt } from '../../../diag/diagnostic.ts';
import { isTable, placeOfKey, type Table } from '../../manifest/toml.ts';
import type { WrittenManifest } from '../packages/written-manifest.ts';

/** Keys of profiles, packages and programs by the feature of a nightly Cargo that they need. */
const ofProfiles = {
  rustflags: 'profile-rustflags',
  'trim-paths': 'trim-paths',
  'codegen-backend': 'codegen-backend',
};
const ofPackages = {
  'default-target': 'per-package-target',
  'forced-target': 'per-package-target',
  metabuild: 'metabuild',
};
const ofPrograms = { filename: 'different-binary-name' };

const dependencyTables = [
  ...['dependencies', 'dev-dependencies', 'dev_dependencies'],
  ...['build-dependencies', 'build_dependencies'],
];

/**
 * What Cargo refuses unless a nightly one is asked to take it. It would change what is built, and is
 * nothing that kaon knows.
 */
export function unstableKeys(written: WrittenManifest): readonly Diagnostic[] {
  const { toml, source } = written;
  const asked = new Set(Array.isArray(toml['cargo-features']) ? toml['cargo-features'] : []);
  const used = [
    ...profilesIn(toml['profile']).flatMap((table) => usedOf(table, ofProfiles)),
    ...usedOf(toml['package'], ofPackages),
    ...listOf(toml['bin']).flatMap((table) => usedOf(table, ofPrograms)),
  ];
  const faults = used
    .filter(({ feature }) => !asked.has(feature))
    .map(({ key, feature }) =>
      errorAt(
        placeOfKey(source, key),
        `feature \`${feature}\` is required`,
        `"${key}" is unstable in Cargo, and kaon does not heed it.`,
      ),
    );
  const tables = [toml, ...valuesOf(toml['target'])].filter(isTable);
  const artifacts = tables
    .flatMap((table) => dependencyTables.flatMap((name) => entriesOf(table[name])))
    .filter(([, value]) => isTable(value) && value['artifact'] !== undefined)
    .map(([name]) =>
      errorAt(
        placeOfKey(source, name),
        `\`artifact = …\` requires \`-Z bindeps\` (${name})`,
        'Artifact dependencies are unstable in Cargo, and kaon does not build them.',
      ),
    );
  return [...faults, ...artifacts];
}

function profilesIn(value: unknown): readonly Table[] {
  return valuesOf(value)
    .filter(isTable)
    .flatMap((profile) => [
      profile,
      ...[profile['build-override'], ...valuesOf(profile['package'])].filter(isTable),
    ]);
}

function usedOf(value: unknown, features: Readonly<Record<string, string>>) {
  return entriesOf(value).flatMap(([key]) => {
    const feature = Object.hasOwn(features, key) ? features[key] : undefined;
    return feature === undefined ? [] : [{ key, feature }];
  });
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isTable(value) ? Object.entries(value) : [];
}

function valuesOf(value: unknown): readonly unknown[] {
  return isTable(value) ? Object.values(value) : [];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
