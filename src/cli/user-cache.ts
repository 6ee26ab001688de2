import type { Host } from '../host/host.ts';

/** Where all builds of a user share what can be had again: sources of crates, answers of tools. */
export function userCache({ system }: Host): string {
  const given = system.environment['XDG_CACHE_HOME'] ?? '';
  // Where it is relative, it is no more than a mistake, as its specification says.
  const cache = given.startsWith('/') ? given : `${system.homeDirectory}/.cache`;
  return `${cache}/kaon`;
}
