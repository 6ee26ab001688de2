import type { CargoGraph } from './cargo-graph.ts';
import type { Crate, CrateConfiguration, CrateId } from './cargo-world.ts';
import { type CrateMachine, libraryName } from './crate-abi.ts';
import { lintArguments } from './manifest/lints.ts';

/** What a package's `rust_args()` answers: lints, the cfgs it may ask for, and its features. */
export function rustArguments(
  { manifest }: Crate,
  { features }: CrateConfiguration,
  rustc: { readonly hasCheckCfg: boolean },
): string[] {
  const cfgs = [...features].sort().flatMap((name) => ['--cfg', `feature="${name}"`]);
  return [...lintArguments(manifest, rustc), ...cfgs];
}

interface ConfiguredCrate {
  readonly crate: Crate;
  readonly configuration: CrateConfiguration;
}

/** By target name: the crate name that this crate knows each dependency by. */
export function dependencyMap(
  graph: CargoGraph,
  { crate: { manifest }, configuration: { dependencies } }: ConfiguredCrate,
  machine: CrateMachine,
): Record<string, string> {
  const map: Record<string, string> = {};
  for (const key of [...dependencies.keys()].sort()) {
    const id = dependencies.get(key);
    if (id === undefined) continue;
    const target = graph.crate(id).manifest;
    const declared = [manifest, ...manifest.platforms]
      .map((table) => table.dependencies.get(key))
      .find((one) => one !== undefined);
    const isRenamed = declared !== undefined && declared.crate !== key;
    const name = isRenamed ? key.replaceAll('-', '_') : (target.library?.name ?? key);
    map[libraryName(target, machine, 'rust')] = name;
  }
  return map;
}

/** The crates that a configuration links, each once. */
export function linkedCrates({ dependencies }: CrateConfiguration): readonly CrateId[] {
  return [...new Set(dependencies.values())];
}

/** The environment that Cargo promises to rustc, as far as Meson keeps that promise. */
export function crateEnvironment(
  { manifest, folder }: Crate,
  outDirectory: string,
): Record<string, string> {
  const { package: fields } = manifest;
  const [numbers = '', ...pre] = fields.version.replace(/\+.*$/, '').split('-');
  const [major = '', minor = '', patch = ''] = numbers.split('.');
  return {
    OUT_DIR: outDirectory,
    CARGO_MANIFEST_DIR: folder,
    CARGO_MANIFEST_PATH: `${folder}/Cargo.toml`,
    CARGO_PKG_NAME: fields.name,
    CARGO_PKG_VERSION: fields.version,
    CARGO_PKG_VERSION_MAJOR: major,
    CARGO_PKG_VERSION_MINOR: minor,
    CARGO_PKG_VERSION_PATCH: patch,
    CARGO_PKG_VERSION_PRE: pre.join('-'),
    CARGO_PKG_AUTHORS: fields.authors.join(':'),
    CARGO_PKG_DESCRIPTION: fields.description,
    CARGO_PKG_HOMEPAGE: fields.homepage,
    CARGO_PKG_REPOSITORY: fields.repository,
    CARGO_PKG_LICENSE: fields.license,
    CARGO_PKG_LICENSE_FILE: fields.licenseFile,
    CARGO_PKG_RUST_VERSION: fields.rustVersion,
    CARGO_PKG_README: fields.readme,
    CARGO_CRATE_NAME: fields.name.replaceAll('-', '_'),
  };
}
