import type { CargoGraph } from './cargo-graph.ts';
import type { Crate, CrateConfiguration, CrateId } from './cargo-world.ts';
import { type CrateMachine, libraryName } from './crate-abi.ts';
import { lintArguments } from './manifest/lints.ts';
import { packageEnvironment } from './package-environment.ts';

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
  crate: Crate,
  outDirectory: string,
): Readonly<Record<string, string>> {
  return {
    OUT_DIR: outDirectory,
    ...packageEnvironment(crate),
    CARGO_CRATE_NAME: crate.manifest.package.name.replaceAll('-', '_'),
  };
}
