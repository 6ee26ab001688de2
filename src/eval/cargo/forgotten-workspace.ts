import type { CargoGraph } from '../../cargo/cargo-graph.ts';
import type { CrateDependency, Manifest } from '../../cargo/manifest/manifest.ts';
import { readManifest } from '../../cargo/manifest/read-manifest.ts';
import { placeOfKey } from '../../cargo/manifest/toml.ts';
import { errorAt } from '../../diag/diagnostic.ts';
import type { Call } from '../call.ts';
import { manifestAround, workspacePlace } from './project-cargo.ts';

/**
 * Tells of a crate that gets its default features alone, though the `Cargo.toml` of the project that
 * asks for it wants others: only a workspace makes that count.
 */
export function warnOfForgottenWorkspace(call: Call, graph: CargoGraph, crate: string): void {
  const found = manifestAround(call);
  if (found === undefined || graph.hasWorkspace(found.subdir)) return;
  const { folder, subdir } = found;
  // A member's features count with those of its workspace.
  if ([...graph.crates()].some((one) => one.folder === folder)) return;
  const read = readManifest({
    files: call.evaluation.host.files,
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
  const { subdir: called } = workspacePlace(call);
  const hint =
    called === subdir || (called !== '' && subdir.startsWith(`${called}/`))
      ? 'rust.workspace(), of the module rust, makes the features of Cargo.toml count where it is called before.'
      : `The features of a Cargo.toml count where it lies beside the project's meson.build, or for what rust.workspace('${subdir}') builds.`;
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
