import { posix } from 'node:path';
import type { Environment } from '../../base/environment.ts';
import { cargoConfig } from '../../cargo/config/cargo-config.ts';
import { loadConfig } from '../../cargo/config/load-config.ts';
import { cargoHome } from '../../cargo/crate-source.ts';
import type { Host } from '../../host/host.ts';
import type { EvaluateInput } from '../input.ts';
import { configPlaceOf, heeded } from './config-place.ts';
import { isPlainWorkspace } from './plain-workspace.ts';

/**
 * An environment in which `RUSTC` is the compiler that Cargo's configuration names (`[build] rustc`), for
 * a Cargo workspace without build file: nothing else there asks for a compiler. Variables come first.
 */
export function withConfiguredRustc(
  host: Pick<Host, 'files' | 'system'>,
  input: Pick<EvaluateInput, 'sourceRoot' | 'commandLineOptions'>,
  environment: Environment,
): Environment {
  const { sourceRoot } = input;
  if (!isPlainWorkspace({ host }, sourceRoot)) return environment;
  const said = environment['RUSTC'] ?? '';
  // A path rests on the folder that the command is called in.
  if (said.includes('/'))
    return { ...environment, RUSTC: posix.resolve(host.system.workingDirectory, said) };
  if (said !== '') return environment;
  const place = configPlaceOf({ host, input, sourceRoot }, sourceRoot);
  const loaded = loadConfig(host.files, place, cargoHome(host.system));
  // What is wrong with the configuration is told where crates are asked for.
  if (!loaded.ok) return environment;
  const { rustc } = cargoConfig({
    root: loaded.value.root,
    variables: heeded(environment, loaded.value),
    folder: sourceRoot,
  });
  return rustc === undefined ? environment : { ...environment, RUSTC: rustc };
}
