import type { Finished, Host } from '../../host/host.ts';
import { type ExportedNames, exportedNames } from './elf-file.ts';
import { filesTold } from './remember-trial.ts';
import { type Checker, commandOf, type Trial } from './trial.ts';

/** What a program that names no libraries is linked with, as a trial link told. */
export interface LinkedLibraries {
  /** Those that shared libraries give; archives may give more. */
  readonly names: ExportedNames;
  /** The link that told. */
  readonly finished: Finished;
}

const known = new WeakMap<Host, Map<string, LinkedLibraries>>();

function knownOf(host: Host): Map<string, LinkedLibraries> {
  const libraries = known.get(host) ?? new Map<string, LinkedLibraries>();
  known.set(host, libraries);
  return libraries;
}

/** The libraries that a trial would be linked with, where one like it was linked before. */
export function librariesOf(checker: Checker, trial: Trial): LinkedLibraries | undefined {
  return knownOf(checker.host).get(linkOf(checker, trial));
}

/** Looks into the shared libraries that a link says it read. */
export function learnLibraries(checker: Checker, trial: Trial, finished: Finished): void {
  const { host } = checker;
  const libraries = knownOf(host);
  const key = linkOf(checker, trial);
  if (libraries.has(key)) return;
  const shared = new Set(filesTold(finished).filter((path) => /\.so(\.\d+)*$/.test(path)));
  // Where it did not come to a link, nothing is told.
  if (shared.size === 0) return;
  const all = [...shared].map((path) => namesOf(host, path));
  libraries.set(key, { names: { has: (name) => all.some((each) => each.has(name)) }, finished });
}

const looked = new WeakMap<Host, Map<string, ExportedNames>>();
const none: ExportedNames = { has: () => false };

/** The same libraries come with most links. */
function namesOf(host: Host, path: string): ExportedNames {
  const all = looked.get(host) ?? new Map<string, ExportedNames>();
  looked.set(host, all);
  const names = all.get(path) ?? exportedNames(host.files, path) ?? none;
  all.set(path, names);
  return names;
}

/** What of a command line decides what is linked: not what only the compiler proper hears. */
function linkOf(checker: Checker, { probe }: Trial): string {
  const source = { kind: 'code', code: '' } as const;
  const words = commandOf(checker, { ...probe, source })('output');
  const { command } = checker.family.toolchain;
  return JSON.stringify([
    command,
    words.slice(command.length).filter((word) => !onlyCompiles.test(word)),
  ]);
}

const onlyCompiles =
  /^-(D.|U.|I.|std=|O[0-3sg]?$|g\d?$|W(?!l,|p,|a,)|m(sse|avx|cx16$|popcnt$|bmi|aes$|fma$|f16c$|movbe$))/;
