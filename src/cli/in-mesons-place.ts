import { exitCodes, passedCode, type Session } from './session.ts';

/** Set by the launcher where it is called `meson`, and by the entry point that `kaon as-meson` lays down. */
const variable = 'KAON_AS_MESON';

/** Whether kaon was called in Meson's place, by tools that know Meson's version and exit codes. */
export function isMeson(environment: Readonly<Record<string, string | undefined>>): boolean {
  return (environment[variable] ?? '') !== '';
}

/** What this process exits with, for what a command came to. */
export function exitOf({ asMeson }: Pick<Session, 'asMeson'>, code: number): number {
  const given = passedCode(code);
  if (given !== undefined) return given;
  if (code === exitCodes.usage) return exitCodes.wrong;
  return asMeson ? asNinjaExits(code) : code;
}

/** Ninja ends with 1 for all that is wrong; Meson too, but for words that are no command line of its own. */
export function asNinjaExits(code: number): number {
  return code === exitCodes.wrong || code === exitCodes.usage ? exitCodes.failed : code;
}
