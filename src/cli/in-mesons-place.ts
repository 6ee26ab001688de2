import { exitCodes } from './session.ts';

/** Set by the launcher where it is called `meson`, and by the entry point that `kaon as-meson` lays down. */
const variable = 'KAON_AS_MESON';

/** Whether kaon was called in Meson's place, by tools that know Meson's version and exit codes. */
export function isMeson(environment: Readonly<Record<string, string | undefined>>): boolean {
  return (environment[variable] ?? '') !== '';
}

/** Meson and ninja end with 1 for all that is wrong. */
export function asMesonExits(code: number): number {
  return code === exitCodes.wrong ? exitCodes.failed : code;
}
