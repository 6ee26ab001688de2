import { createRequire } from 'node:module';

/** What V8 is to see of a function before it compiles it anew, for speed: seven times as much as usual. */
export const flag = '--interrupt-budget=500000';

/** Of later versions it is not known whether they have that flag: V8 complains of any that it has not. */
const lastVersion = 13;

/**
 * Most of kaon's code runs a few times, in many functions: to have all of them compiled for speed costs
 * a quarter of a large setup, and is done when it is of no more use. Called before a program is loaded:
 * V8 takes compiled code only for the flags that it was compiled with.
 */
export function optimizeLess(): void {
  if (Number.parseInt(process.versions.v8, 10) > lastVersion) return;
  // That goes for Node's own as well: what all such commands need of it, is loaded before.
  const load = createRequire(import.meta.url);
  for (const name of ['crypto', 'net', 'child_process', 'cluster', 'zlib']) load(`node:${name}`);
  const v8: typeof import('node:v8') = load('node:v8');
  v8.setFlagsFromString(flag);
}
