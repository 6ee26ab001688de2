import type { Manifest } from '../manifest/manifest.ts';

/** Whether a package has a feature to Cargo: `default` is one only where the manifest says so. */
export function declaresFeature(
  { features, declaresDefault }: Pick<Manifest, 'features' | 'declaresDefault'>,
  name: string,
): boolean {
  return features.has(name) && (name !== 'default' || declaresDefault);
}
