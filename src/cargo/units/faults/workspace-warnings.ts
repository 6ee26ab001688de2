import { type Diagnostic, errorAt } from '../../../diag/diagnostic.ts';
import { unusedKeys } from '../../manifest/manifest-keys.ts';
import { callsItProject } from '../../manifest/manifest-toml.ts';
import { oldSpellings } from '../../manifest/old-spellings.ts';
import { isTable, placeOfKey } from '../../manifest/toml.ts';
import type { LoadedWorkspace, WorkspaceMember } from '../packages/load-workspace.ts';
import type { PackageId, PackageSet } from '../packages/package-set.ts';
import { packagesOfSpec } from '../packages/selected-packages.ts';
import type { WrittenManifest } from '../packages/written-manifest.ts';

/** What Cargo warns of in the manifests of a workspace: what was written and counts for nothing. */
export function workspaceWarnings(
  manifests: readonly WrittenManifest[],
  workspace: LoadedWorkspace,
): readonly Diagnostic[] {
  return manifests.flatMap((written) => [
    ...(written.folder === workspace.root ? ofRoot(written, workspace) : ofOther(written)),
    ...ofPackage(written, workspace.members.get(written.folder)),
    ...unusedKeys(written.toml).map((key) => warn(written, key, `unused manifest key: ${key}`)),
  ]);
}

/** What the lock file and all packages tell of the root's `[patch]` and of a profile's `[package]`. */
export function graphWarnings(
  manifests: readonly WrittenManifest[],
  packages: PackageSet,
): readonly Diagnostic[] {
  const root = manifests.find(({ folder }) => folder === packages.workspace.root);
  if (root === undefined) return [];
  const replaced = Object.keys(isTable(root.toml['replace']) ? root.toml['replace'] : {});
  return [
    ...(packages.lock?.unusedPatches ?? []).map((patch) =>
      warn(root, patch.split(' ')[0] ?? '', {
        message: `patch \`${patch}\` was not used in the crate graph`,
        hint: 'Its version may not be what is required, or not what Cargo.lock has: "cargo update" takes it.',
      }),
    ),
    ...replaced
      .filter((spec) => packagesOfSpec(packages, spec).every((id) => isOwn(packages, id)))
      .map((spec) => warn(root, spec, `package replacement is not used: ${spec}`)),
    ...idleOverrides(root, packages),
  ];
}

/** What profiles say of packages that are not there. */
function idleOverrides(root: WrittenManifest, packages: PackageSet): readonly Diagnostic[] {
  const profiles = isTable(root.toml['profile']) ? root.toml['profile'] : {};
  return Object.entries(profiles).flatMap(([profile, table]) => {
    const own = isTable(table) && isTable(table['package']) ? table['package'] : {};
    return Object.keys(own)
      .filter((spec) => spec !== '*' && packagesOfSpec(packages, spec).length === 0)
      .map((spec) =>
        warn(
          root,
          spec,
          `profile package spec \`${spec}\` in profile \`${profile}\` did not match any packages`,
        ),
      );
  });
}

/** What is replaced comes from elsewhere. */
function isOwn(packages: PackageSet, id: PackageId): boolean {
  return (packages.locked(id)?.source.kind ?? 'path') === 'path';
}

function warn(
  { source }: WrittenManifest,
  key: string,
  told: string | { readonly message: string; readonly hint: string },
): Diagnostic {
  const { message, hint } = typeof told === 'string' ? { message: told } : told;
  // Of a key in a line of another, that line.
  const places = key
    .split('.')
    .reverse()
    .map((one) => placeOfKey(source, one));
  const place = places.find(({ span }) => span.end > 0) ?? placeOfKey(source, key);
  return { ...errorAt(place, message, hint), severity: 'warning' };
}

function ofRoot(written: WrittenManifest, workspace: LoadedWorkspace): readonly Diagnostic[] {
  const { unheeded } = workspace;
  const nightly =
    unheeded.length === 0
      ? []
      : [
          warn(
            written,
            'cargo-features',
            `cargo-features that kaon does not heed: ${unheeded.join(', ')}`,
          ),
        ];
  return [...nightly, ...oldResolver(written, workspace), ...idleProfiles(written)];
}

/** What a profile says that nothing heeds. */
function idleProfiles(written: WrittenManifest): readonly Diagnostic[] {
  const profiles = isTable(written.toml['profile']) ? written.toml['profile'] : {};
  const withPanic = ['test', 'bench'].filter((name) => {
    const table = profiles[name];
    return isTable(table) && table['panic'] !== undefined;
  });
  return [
    ...(profiles['doc'] === undefined
      ? []
      : [warn(written, 'doc', 'profile `doc` is deprecated and has no effect')]),
    ...withPanic.map((name) =>
      warn(written, 'panic', `\`panic\` setting is ignored for \`${name}\` profile`),
    ),
  ];
}

/** Of a workspace whose root is no package: its members' editions say nothing of the resolver. */
function oldResolver(
  written: WrittenManifest,
  { members, resolver }: LoadedWorkspace,
): readonly Diagnostic[] {
  const { toml } = written;
  const table = isTable(toml['workspace']) ? toml['workspace'] : {};
  if (isTable(toml['package']) || table['resolver'] !== undefined || resolver !== '1') return [];
  const editions = [...members.values()].map(({ manifest }) => manifest.package.edition);
  const newest = ['2024', '2021'].find((edition) => editions.includes(edition));
  if (newest === undefined) return [];
  const implied = newest === '2024' ? '3' : '2';
  return [
    warn(written, 'workspace', {
      message: `virtual workspace defaulting to \`resolver = "1"\` despite one or more workspace members being on edition ${newest} which implies \`resolver = "${implied}"\``,
      hint: `Say resolver = "${implied}" (or "1", to keep it so) in [workspace].`,
    }),
  ];
}

function ofOther(written: WrittenManifest): readonly Diagnostic[] {
  const { toml } = written;
  const fields = isTable(toml['package']) ? toml['package'] : {};
  const keys = [
    ...['profile', 'patch', 'replace'].filter((key) => toml[key] !== undefined),
    ...(fields['resolver'] === undefined ? [] : ['resolver']),
  ];
  return keys.map((key) => {
    const what = key === 'profile' ? 'profiles' : key;
    return warn(
      written,
      key,
      `${what} for the non root package will be ignored, specify ${what} at the workspace root`,
    );
  });
}

function ofPackage(
  written: WrittenManifest,
  member: WorkspaceMember | undefined,
): readonly Diagnostic[] {
  const fields = written.toml['package'];
  if (member === undefined || !isTable(fields)) return [];
  return [
    ...(fields['edition'] === undefined
      ? [
          warn(
            written,
            'package',
            'no edition set: defaulting to the 2015 edition while the latest is 2024',
          ),
        ]
      : []),
    ...overlooked(written, member),
    ...spellings(written, member),
    ...sharedSources(written, member),
    ...unknownRequired(written, member),
    ...featureConditions(written),
  ];
}

function overlooked(
  written: WrittenManifest,
  { manifest }: WorkspaceMember,
): readonly Diagnostic[] {
  return manifest.overlooked.map(({ kind, key, paths }) =>
    warn(written, kind, {
      message: [
        `An explicit [[${kind}]] section is specified in Cargo.toml which currently disables Cargo from automatically inferring other ${kind} targets:`,
        ...paths.map((path) => `  * ${path}`),
      ].join('\n'),
      hint: `Later editions have them. \`${key} = false\` in [package] says that they are none.`,
    }),
  );
}

/** Of later editions they are errors. */
function spellings(written: WrittenManifest, { manifest }: WorkspaceMember): readonly Diagnostic[] {
  if (manifest.package.edition === '2024') return [];
  const { source, toml } = written;
  return [
    ...(callsItProject(source)
      ? [warn(written, 'project', '`[project]` is deprecated in favor of `[package]`')]
      : []),
    ...oldSpellings(toml).map(({ old, now, where, isRedundant }) =>
      warn(
        written,
        old,
        isRedundant
          ? `\`${old}\` is redundant with \`${now}\`, preferring \`${now}\` in the ${where}`
          : `\`${old}\` is deprecated in favor of \`${now}\` and will not work in the 2024 edition\n(in the ${where})`,
      ),
    ),
  ];
}

/** Features that a target requires and nobody can switch on. */
function unknownRequired(
  written: WrittenManifest,
  { manifest }: WorkspaceMember,
): readonly Diagnostic[] {
  const { binaries, tests, examples, benches, features } = manifest;
  const targets = [...binaries.values(), ...tests, ...examples, ...benches];
  return targets.flatMap(({ name, requiredFeatures }) =>
    requiredFeatures
      .filter((feature) => !feature.includes('/') && !features.has(feature))
      .map((feature) =>
        warn(
          written,
          'required-features',
          `invalid feature \`${feature}\` in required-features of target \`${name}\`: \`${feature}\` is not present in [features] section`,
        ),
      ),
  );
}

/** Dependencies are chosen before features are. */
function featureConditions(written: WrittenManifest): readonly Diagnostic[] {
  const { target } = written.toml;
  return Object.keys(isTable(target) ? target : {})
    .filter((key) => /^cfg\(.*\bfeature\s*=/s.test(key))
    .map((key) =>
      warn(written, key, {
        message:
          "Found `feature = ...` in `target.'cfg(...)'.dependencies`. This key is not supported for selecting dependencies and will not work as expected.",
        hint: 'Use the [features] section instead.',
      }),
    );
}

/** One file that several targets are made of. */
function sharedSources(written: WrittenManifest, member: WorkspaceMember): readonly Diagnostic[] {
  const { folder, manifest } = member;
  const { library, binaries, tests, examples, benches } = manifest;
  const named = [
    ...(library === undefined ? [] : [['lib', library] as const]),
    ...[...binaries.values()].map((one) => ['bin', one] as const),
    ...examples.map((one) => ['example', one] as const),
    ...tests.map((one) => ['test', one] as const),
    ...benches.map((one) => ['bench', one] as const),
  ];
  const paths = [...new Set(named.map(([, { path }]) => path))];
  return paths.flatMap((path) => {
    const all = named.filter(([, one]) => one.path === path);
    return all.length < 2
      ? []
      : warn(
          written,
          'package',
          [
            `file \`${folder}/${path}\` found to be present in multiple build targets:`,
            ...all.map(([kind, { name }]) => `  * \`${kind}\` target \`${name}\``),
          ].join('\n'),
        );
  });
}
