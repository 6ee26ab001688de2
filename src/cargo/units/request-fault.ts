import { didYouMean } from '../../base/close-match.ts';
import { type Diagnostic, plainError } from '../../diag/diagnostic.ts';
import { isTable, type Table } from '../toml.ts';
import type { Package } from './package-set.ts';

/** What is asked of packages, as far as it can be misspelt. */
export interface Asked {
  readonly features: readonly string[];
  readonly profile: string;
  /** `[profile]` of the workspace and of the user's configuration. */
  readonly layers: readonly Table[];
}

/** Why a request means nothing, in Cargo's words: a feature that no package has, a profile that nothing declares. */
export function requestFault(
  selected: readonly Package[],
  { features, profile, layers }: Asked,
): Diagnostic | undefined {
  const missing = features.find((feature) => !selected.some((one) => has(one, selected, feature)));
  if (missing !== undefined) return featureFault(selected, missing);
  const said = profileFault(profile, layers);
  return said === undefined ? undefined : plainError(said);
}

/** `f`, and `d/f` of a dependency or of another package that was selected. */
function has({ manifest }: Package, selected: readonly Package[], feature: string): boolean {
  const slash = feature.indexOf('/');
  if (slash === -1) return manifest.features.has(feature);
  const before = feature.slice(0, slash).replace(/\?$/, '');
  const member = selected.find((one) => one.manifest.package.name === before);
  if (member?.manifest.features.has(feature.slice(slash + 1)) === true) return true;
  return [manifest, ...manifest.platforms].some(
    ({ dependencies, devDependencies, buildDependencies }) =>
      [dependencies, devDependencies, buildDependencies].some((table) => table.has(before)),
  );
}

function featureFault(selected: readonly Package[], feature: string): Diagnostic {
  const names = selected.map(({ manifest }) => manifest.package.name);
  const known = selected.flatMap(({ manifest }) => [...manifest.features.keys()]);
  const near = didYouMean(feature, known).trim();
  return names.length === 1
    ? plainError(
        `the package '${names[0]}' does not contain this feature: ${feature}`,
        near || undefined,
      )
    : plainError(
        `none of the selected packages contains this feature: ${feature}`,
        [...(near === '' ? [] : [near]), `Selected packages: ${names.join(', ')}`].join(' '),
      );
}

const builtin: ReadonlySet<string> = new Set(['dev', 'release', 'test', 'bench']);

function profileFault(wanted: string, layers: readonly Table[]): string | undefined {
  const seen = new Set<string>();
  for (let name = wanted; !builtin.has(name); ) {
    const tables = layers.map((layer) => layer[name]).filter(isTable);
    if (tables.length === 0) return `profile \`${name}\` is not defined`;
    const inherits = tables.map((table) => table['inherits']).findLast((one) => one !== undefined);
    if (typeof inherits !== 'string')
      return `profile \`${name}\` is missing an \`inherits\` directive (\`inherits\` is required for all profiles except \`dev\` or \`release\`)`;
    if (seen.has(name)) return `profile inheritance loop detected with profile \`${name}\``;
    seen.add(name);
    name = inherits;
  }
  return undefined;
}
