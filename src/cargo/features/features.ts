import type { CrateDependency, PlatformDependencies } from '../manifest/manifest.ts';

/** An item of a feature's list, taken apart. */
export type FeatureItem =
  | { readonly kind: 'feature'; readonly name: string }
  | { readonly kind: 'dependency'; readonly key: string }
  | {
      readonly kind: 'dependency-feature';
      readonly key: string;
      readonly feature: string;
      /** With `?`: only where something else switches the dependency on. */
      readonly weak: boolean;
    };

/** `f`, `dep:d`, `d/f` or `d?/f`. */
export function featureItem(text: string): FeatureItem {
  if (text.startsWith('dep:')) return { kind: 'dependency', key: text.slice(4) };
  const slash = text.indexOf('/');
  if (slash === -1) return { kind: 'feature', name: text };
  const before = text.slice(0, slash);
  const weak = before.endsWith('?');
  return {
    kind: 'dependency-feature',
    key: weak ? before.slice(0, -1) : before,
    feature: text.slice(slash + 1),
    weak,
  };
}

/**
 * The features that optional dependencies make by being there: one of the dependency's name, unless
 * some feature says `dep:NAME`, or is of that name itself: then only `NAME/…` switches it on.
 */
export function implicitFeatures(
  declared: ReadonlyMap<string, readonly string[]>,
  tables: Omit<PlatformDependencies, 'key'> & {
    readonly platforms: readonly PlatformDependencies[];
  },
): Map<string, readonly string[]> {
  const named = new Set(
    [...declared.values()].flat().flatMap((text) => {
      const item = featureItem(text);
      return item.kind === 'dependency' ? [item.key] : [];
    }),
  );
  const all: CrateDependency[] = [tables, ...tables.platforms].flatMap((table) => [
    ...table.dependencies.values(),
    ...table.devDependencies.values(),
    ...table.buildDependencies.values(),
  ]);
  const result = new Map<string, readonly string[]>();
  for (const { key, optional } of all)
    if (optional && !named.has(key) && !declared.has(key)) result.set(key, [`dep:${key}`]);
  return result;
}
