import { configOption, currentOption } from '../../base/cargo-options.ts';
import type { Environment } from '../../base/environment.ts';
import type { LoadedConfig } from '../../cargo/config/load-config.ts';
import { type ConfigPlace, configPlace } from '../../cargo/config/said-config.ts';
import type { Host } from '../../host/host.ts';
import type { EvaluateInput } from '../input.ts';
import { isPlainWorkspace } from './plain-workspace.ts';

/**
 * Where Cargo's configuration for a folder lies: in a Cargo workspace without build file a command may
 * bring more, or be called in a folder below that has some.
 */
export function configPlaceOf(
  {
    host,
    input: { commandLineOptions = [] },
    sourceRoot,
  }: {
    readonly host: Pick<Host, 'files'>;
    readonly input: Pick<EvaluateInput, 'commandLineOptions'>;
    readonly sourceRoot: string;
  },
  folder: string,
): ConfigPlace {
  if (folder !== sourceRoot || !isPlainWorkspace({ host }, sourceRoot)) return { folder, said: [] };
  return configPlace(folder, saidOf(commandLineOptions, configOption));
}

/** The member in whose folder a command was called, where there is no build file; empty: none's. */
export function currentPackage({
  commandLineOptions = [],
}: Pick<EvaluateInput, 'commandLineOptions'>): string | undefined {
  return saidOf(commandLineOptions, currentOption) || undefined;
}

function saidOf(
  options: NonNullable<EvaluateInput['commandLineOptions']>,
  wanted: string,
): string | undefined {
  return options.find(([name]) => name === wanted)?.[1];
}

/** Variables without those that do not count. */
export function heeded(
  environment: Environment,
  { overridden }: Pick<LoadedConfig, 'overridden'>,
): Environment {
  if (overridden.length === 0) return environment;
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !overridden.includes(name)),
  );
}
