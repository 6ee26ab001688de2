import { createRequire } from 'node:module';

/**
 * Most of kaon's code runs a few times, in many functions: to have all of them compiled for speed costs
 * a quarter of a large setup, and is done when it is of no more use. Called before a program is loaded:
 * V8 takes compiled code only for the flags that it was compiled with.
 */
export function optimizeLess(): void {
  const flag = flagOf(process.versions.v8, 500_000);
  if (flag === undefined) return;
  // That goes for Node's own as well: what all such commands need of it, is loaded before.
  const load = createRequire(import.meta.url);
  for (const name of ['crypto', 'net', 'child_process', 'cluster', 'zlib']) load(`node:${name}`);
  setFlag(flag);
}

/** The same for commands that are over soon, which nothing is loaded for. */
export function optimizeHardly(): void {
  const flag = flagOf(process.versions.v8, 1_000_000);
  if (flag !== undefined) setFlag(flag);
}

function setFlag(flag: string): void {
  process.getBuiltinModule('node:v8').setFlagsFromString(flag);
}

/**
 * What makes V8 see more of a function before it compiles it anew: so many bytes of its code that ran,
 * where 66,000 are usual; later versions count calls, of which 400 are usual. Undefined for versions of
 * which it is not known: V8 complains on the terminal of any flag that it has not.
 */
export function flagOf(v8Version: string, budget: number): string | undefined {
  const major = Number.parseInt(v8Version, 10);
  if (major === 11) return `--interrupt-budget=${budget}`;
  return major >= 12 && major <= 14 ? '--invocation-count-for-maglev=4000' : undefined;
}
