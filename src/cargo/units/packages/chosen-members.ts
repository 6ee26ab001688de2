import type { WantedFeatures } from '../unit-features.ts';
import type { Package, PackageSet } from './package-set.ts';

/** A package whose features are asked for. */
export interface ChosenPackage {
  readonly of: Package;
  readonly wanted: WantedFeatures;
}

/** The members whose features are chosen. Where none was selected, what all of them need by default counts. */
export function chosenMembers(
  packages: PackageSet,
  {
    features,
    current,
  }: { readonly features: WantedFeatures; readonly current?: string | undefined },
  selected: readonly Package[],
): readonly ChosenPackage[] {
  const own = selected.filter(({ isMember }) => isMember);
  const here = featuresMean(packages, current);
  if (here !== undefined) return chosenFrom(here, features, own);
  if (own.length > 0)
    return own.map((of) => ({
      of,
      wanted: ownFeatures(features, of.manifest.package.name, selected),
    }));
  const all = [...packages.members.values()].flatMap((id) => packages.package(id) ?? []);
  return all.map((of) => ({ of, wanted: byDefault }));
}

const byDefault: WantedFeatures = { features: [], all: false, withDefault: true };

/**
 * With the first resolver, the package that words for features mean, whichever are built: the member that a
 * command is called for, else the root package.
 */
export function featuresMean(
  packages: PackageSet,
  current: string | undefined,
): Package | undefined {
  const { members, workspace } = packages;
  if (workspace.resolver !== '1') return undefined;
  // Others may have the same name.
  const id =
    current === undefined
      ? members.get(workspace.root)
      : [...members.values()].find((one) => packages.name(one) === current);
  return id === undefined ? undefined : packages.package(id);
}

/**
 * With the first resolver words for features mean the package in whose folder a command is called, which
 * counts even where it is not built. Of the others only `MEMBER/FEATURE` asks for one.
 */
function chosenFrom(
  here: Package,
  features: WantedFeatures,
  own: readonly Package[],
): readonly ChosenPackage[] {
  const others = own.filter((one) => one !== here);
  const asked = byMember(features.features, others);
  return [
    { of: here, wanted: { ...features, features: asked('') } },
    ...others.map((of) => {
      const { name } = of.manifest.package;
      return { of, wanted: { features: asked(name), all: features.all, withDefault: true } };
    }),
  ];
}

/** `--features a/b` means the feature `b` of the selected package `a`, or of a dependency of that name. */
function ownFeatures(
  wanted: WantedFeatures,
  name: string,
  selected: readonly Package[],
): WantedFeatures {
  const asked = byMember(wanted.features, selected);
  return { ...wanted, features: [...asked(''), ...asked(name)] };
}

/** The features that `MEMBER/FEATURE` asks of each member; those that name none of them, as they are, of ''. */
function byMember(
  features: readonly string[],
  members: readonly Package[],
): (name: string) => readonly string[] {
  const names = new Set(members.map(({ manifest }) => manifest.package.name));
  const found = new Map<string, string[]>();
  for (const text of features) {
    const [, before = '', feature = ''] = /^([^/?]*)\??\/(.*)$/.exec(text) ?? [];
    const [name, asked] = names.has(before) ? [before, feature] : ['', text];
    found.set(name, [...(found.get(name) ?? []), asked]);
  }
  return (name) => found.get(name) ?? [];
}
