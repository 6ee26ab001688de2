import type { Environment } from '../../base/environment.ts';
import { cargoConfig } from '../../cargo/config/cargo-config.ts';
import { loadConfig } from '../../cargo/config/load-config.ts';
import { cargoHome } from '../../cargo/crate-source.ts';
import type { Host } from '../../host/host.ts';
import { isPlainWorkspace } from './plain-workspace.ts';

/**
 * An environment in which `RUSTC` is the compiler that Cargo's configuration names (`[build] rustc`), for
 * a Cargo workspace without build file: nothing else there asks for a compiler. Variables come first.
 */
export function withConfiguredRustc(
  host: Pick<Host, 'files' | 'system'>,
  sourceRoot: string,
  environment: Environment,
): Environment {
  if ((environment['RUSTC'] ?? '') !== '' || !isPlainWorkspace({ host }, sourceRoot))
    return environment;
  const loaded = loadConfig(host.files, sourceRoot, cargoHome(host.system));
  // What is wrong with the configuration is told where crates are asked for.
  if (!loaded.ok) return environment;
  const { rustc } = cargoConfig({
    root: loaded.value.root,
    variables: environment,
    folder: sourceRoot,
  });
  return rustc === undefined ? environment : { ...environment, RUSTC: rustc };
}
