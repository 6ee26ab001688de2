import type { CargoGraph } from '../../cargo/cargo-graph.ts';
import type { CrateDependency, Manifest } from '../../cargo/manifest/manifest.ts';
import { readManifest } from '../../cargo/manifest/read-manifest.ts';
import { placeOfKey } from '../../cargo/manifest/toml.ts';
import { errorAt } from '../../diag/diagnostic.ts';
import type { Call } from '../call.ts';
import { placeOf } from './project-cargo.ts';

/**
 * Tells of a crate that gets its default features alone, though the `Cargo.toml` of the project that
 * asks for it wants others: only a workspace makes that count.
 */
export function warnOfForgottenWorkspace(call: Call, graph: CargoGraph, crate: string): void {
  const { folder, subdir } = placeOf(call);
  const { files } = call.evaluation.host;
  if (graph.hasWorkspace(subdir) || !files.isFile(`${folder}/Cargo.toml`)) return;
  const read = readManifest({
    files,
    folder,
    display: `${subdir === '' ? '' : `${subdir}/`}Cargo.toml`,
  });
  // What is wrong with a file that nobody uses is not told.
  const manifest = !read.ok || read.value.kind === 'workspace' ? undefined : read.value.manifest;
  const wanted = manifest && wantedFeatures(manifest, crate);
  if (manifest === undefined || wanted === undefined) return;
  const { key, features, defaultFeatures } = wanted;
  const which = [...(defaultFeatures ? [] : ['no default features']), ...features].join(', ');
  const message = `${key} is built with its default features alone, not as Cargo.toml says (${which})`;
  const hint =
    'rust.workspace(), of the module rust, makes the features of Cargo.toml count where it is called before.';
  const place = placeOfKey(manifest.source, key);
  call.evaluation.report({ ...errorAt(place, message, hint), severity: 'warning' });
}

function wantedFeatures({ dependencies }: Manifest, crate: string): CrateDependency | undefined {
  return [...dependencies.values()].find(
    (one) =>
      crate.startsWith(`${one.crate}-`) &&
      /^[\d.]+-rs$/.test(crate.slice(one.crate.length + 1)) &&
      (one.features.length > 0 || !one.defaultFeatures),
  );
}
