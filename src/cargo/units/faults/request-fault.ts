import { didYouMean } from '../../../base/close-match.ts';
import { type Diagnostic, errorAt, plainError } from '../../../diag/diagnostic.ts';
import { declaresFeature } from '../../features/declares-feature.ts';
import type { CrateDependency, Manifest } from '../../manifest/manifest.ts';
import { isTable, placeOfKey, type Table } from '../../manifest/toml.ts';
import type { PackageSet } from '../packages/package-set.ts';
import { parentProfile } from '../profiles.ts';
import type { MissingFeature, WantedFeatures } from '../unit-features.ts';

/** What is asked of packages, as far as it can be misspelt. */
export interface Asked {
  readonly features: WantedFeatures;
  /** Whether any member is: others have the features that members ask of them. */
  readonly hasMembers: boolean;
  readonly profile: string;
  /** `[profile]` of the workspace and of the user's configuration. */
  readonly layers: readonly Table[];
}

/**
 * Why a request means nothing, in Cargo's words: a feature that no package has, a profile that nothing
 * declares. A feature of some other member is fine: a build directory keeps features, and is asked for
 * this member and for that.
 */
export function requestFault(
  members: readonly Manifest[],
  selected: readonly Manifest[],
  { features, hasMembers, profile, layers }: Asked,
): Diagnostic | undefined {
  if (!hasMembers && (features.features.length > 0 || features.all || !features.withDefault))
    return plainError('cannot specify features for packages outside of workspace');
  const odd = features.features.flatMap((feature) => spellingFault(feature) ?? []).at(0);
  if (odd !== undefined) return plainError(odd);
  const missing = features.features.filter(
    (feature) => !members.some((one) => has(one, members, feature)),
  );
  if (missing.length > 0) return featureFault(selected, missing.sort());
  return profileFault(profile, layers);
}

function spellingFault(feature: string): string | undefined {
  if (feature.startsWith('dep:'))
    return `feature \`${feature}\` is not allowed to use explicit \`dep:\` syntax`;
  return feature.split('/').length > 2
    ? `multiple slashes in feature \`${feature}\` is not allowed`
    : undefined;
}

/** Why a dependency cannot be had as it is asked for. */
export function missingFeature(
  packages: PackageSet,
  [missing]: readonly MissingFeature[],
): Diagnostic | undefined {
  if (missing === undefined) return undefined;
  const { by, of, feature } = missing;
  const name = packages.name(of);
  const known = [...(packages.package(of)?.manifest.features.keys() ?? [])].sort();
  const message = `package \`${packages.name(by)}\` depends on \`${name}\` with feature \`${feature}\` but \`${name}\` does not have that feature.`;
  const hint = known.length === 0 ? undefined : `available features: ${known.join(', ')}`;
  const manifest = packages.package(by)?.manifest;
  const asking =
    manifest &&
    dependenciesOf(manifest).find((one) => one.crate === name && one.features.includes(feature));
  // What a command or a feature asks for stands in no dependency.
  return manifest === undefined || asking === undefined
    ? plainError(message, hint)
    : errorAt(placeOfKey(manifest.source, asking.key), message, hint);
}

function dependenciesOf(manifest: Manifest): readonly CrateDependency[] {
  return [manifest, ...manifest.platforms].flatMap(
    ({ dependencies, devDependencies, buildDependencies }) =>
      [dependencies, devDependencies, buildDependencies].flatMap((table) => [...table.values()]),
  );
}

/** `f`, and `d/f` of a dependency or of another member. */
function has(manifest: Manifest, members: readonly Manifest[], feature: string): boolean {
  const slash = feature.indexOf('/');
  if (slash === -1) return declaresFeature(manifest, feature);
  const before = feature.slice(0, slash).replace(/\?$/, '');
  const member = members.find((one) => one.package.name === before);
  if (member !== undefined && declaresFeature(member, feature.slice(slash + 1))) return true;
  return [manifest, ...manifest.platforms].some(
    ({ dependencies, devDependencies, buildDependencies }) =>
      [dependencies, devDependencies, buildDependencies].some((table) => table.has(before)),
  );
}

/**
 * The same of features that a command names for packages that it is for: what only others have is meant
 * wrongly there.
 */
export function askedFault(
  members: readonly Manifest[],
  selected: readonly Manifest[],
  features: readonly string[],
): Diagnostic | undefined {
  const missing = features.filter(
    (feature) => !selected.some((manifest) => has(manifest, [manifest], feature)),
  );
  const having = members.filter((one) => missing.some((feature) => declaresFeature(one, feature)));
  // What nobody has is told by the setup, as ever.
  if (selected.length === 0 || having.length === 0) return undefined;
  const names = having.map((one) => one.package.name).sort();
  const what = missing.length === 1 ? 'feature' : 'features';
  const who = `package${names.length === 1 ? '' : 's'} with the missing ${what}: ${names.join(', ')}`;
  return featureFault(selected, missing.sort(), who);
}

/** The same with the first resolver, where features are those of the package that a command is called for. */
export function askedHereFault(
  here: Manifest,
  { selected, folder }: { readonly selected: readonly Manifest[]; readonly folder: string },
  features: readonly string[],
): Diagnostic | undefined {
  const others = selected.filter((one) => one !== here);
  for (const feature of features) {
    const before = feature.slice(0, Math.max(0, feature.indexOf('/'))).replace(/\?$/, '');
    const other = before === '' ? undefined : others.find((one) => one.package.name === before);
    const [of, wanted] =
      other === undefined ? [here, feature] : [other, feature.slice(before.length + 1)];
    if (has(of, [], wanted)) continue;
    const { name, version } = of.package;
    const who = of === here ? `${name} v${version} (${folder})` : `${name} v${version}`;
    if (wanted.includes('/'))
      return plainError(`package \`${who}\` does not have a dependency named \`${before}\``);
    const near = didYouMean(wanted, [...of.features.keys()]).trim();
    return plainError(
      `package \`${who}\` does not have the feature \`${wanted}\``,
      near || undefined,
    );
  }
  return undefined;
}

function featureFault(
  selected: readonly Manifest[],
  missing: readonly string[],
  who?: string,
): Diagnostic {
  const which = missing.length === 1 ? 'this feature' : 'these features';
  const names = selected.map((one) => one.package.name);
  const known = selected.flatMap((one) => [...one.features.keys()]);
  const near = who ?? didYouMean(missing[0] ?? '', known).trim();
  return names.length === 1
    ? plainError(
        `the package '${names[0]}' does not contain ${which}: ${missing.join(', ')}`,
        near || undefined,
      )
    : plainError(
        `none of the selected packages contains ${which}: ${missing.join(', ')}`,
        [...(near === '' ? [] : [near]), `Selected packages: ${names.join(', ')}`].join(' '),
      );
}

const builtin: ReadonlySet<string> = new Set(['dev', 'release', 'test', 'bench']);

function profileFault(wanted: string, layers: readonly Table[]): Diagnostic | undefined {
  const seen = new Set<string>();
  for (let name = wanted; !builtin.has(name); ) {
    const tables = layers.map((layer) => layer[name]).filter(isTable);
    if (tables.length === 0) {
      const known = new Set([...builtin, ...layers.flatMap((layer) => Object.keys(layer))]);
      return plainError(
        `profile \`${name}\` is not defined`,
        `Profiles: ${[...known].sort().join(', ')}.`,
      );
    }
    const inherits = parentProfile(name, layers);
    if (inherits === undefined)
      return plainError(
        `profile \`${name}\` is missing an \`inherits\` directive (\`inherits\` is required for all profiles except \`dev\` or \`release\`)`,
      );
    if (seen.has(name))
      return plainError(`profile inheritance loop detected with profile \`${name}\``);
    seen.add(name);
    name = inherits;
  }
  return undefined;
}
