import type { Environment } from '../base/environment.ts';
import type { Host } from '../host/host.ts';

const made = new WeakMap<Environment, Environment>();

/**
 * What compilers and their tools are asked in: their messages are read, so they are in English, and
 * a cache of compilations is not asked. The same object each time: what is remembered goes by all of it.
 */
export function toolEnvironment({ system }: Host): Environment {
  const known = made.get(system.environment);
  if (known !== undefined) return known;
  const environment = { ...system.environment, LC_ALL: 'C', CCACHE_DISABLE: '1' };
  made.set(system.environment, environment);
  return environment;
}
