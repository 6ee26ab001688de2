import { sha256Of } from '../base/sha256.ts';
import type { Host } from '../host/host.ts';
import { loadConfig } from './config/load-config.ts';
import type { ConfigPlace } from './config/said-config.ts';
import { localSources } from './config/vendored-crates.ts';
import { cargoHome } from './crate-source.ts';

/** The SHA-256 of a crate's archive that Cargo has got, of its cache or of a registry on this machine. */
export function archiveChecksum(
  { files, system }: Pick<Host, 'files' | 'system'>,
  place: ConfigPlace,
  { name, version }: { readonly name: string; readonly version: string },
): string | undefined {
  const cache = `${cargoHome(system)}/registry/cache`;
  const registries = files.list(cache);
  const config = loadConfig(files, place, cargoHome(system));
  const local = config.ok ? localSources(config.value.root) : [];
  const folders = [
    ...local.flatMap(({ kind, path }) => (kind === 'local-registry' ? [path] : [])),
    ...(registries.ok ? registries.value : []).map((registry) => `${cache}/${registry}`),
  ];
  for (const folder of folders) {
    const path = `${folder}/${name}-${version}.crate`;
    const bytes = files.isFile(path) ? files.readBytes(path) : undefined;
    if (bytes?.ok === true) return sha256Of(bytes.value);
  }
  return undefined;
}
