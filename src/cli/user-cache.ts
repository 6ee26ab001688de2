import type { Host } from '../host/host.ts';

/** Where all builds of a user share what can be had again: sources of crates, answers of tools. */
export function userCache({ system }: Host): string {
  const cache = system.environment['XDG_CACHE_HOME'] || `${system.homeDirectory}/.cache`;
  return `${cache}/kaon`;
}
