import { quoteWords } from '../../base/shell-words.ts';
import type { Files } from '../../host/host.ts';
import { escapePath, escapeText } from '../../ninja/escape.ts';

const firstLine =
  '# What kaon builds: kaon is started for it. --backend=ninja writes each command here.';

const pathIn = (buildRoot: string): string => `${buildRoot}/build.ninja`;

/**
 * A `build.ninja` that only starts kaon. Scripts of projects take a directory without one for another tool's
 * (`[ -f build.ninja ]`), or run ninja for a target with a name, and fingers know `ninja -C build`.
 */
export function pointerManifest(self: readonly string[], names: Iterable<string>): string {
  return [
    firstLine,
    'rule KAON',
    `  command = ${escapeText(quoteWords([...self, 'ninja']))} $out`,
    '  description = $command',
    '  pool = console',
    'build kaon-always: phony',
    ...[...new Set(names)].map((name) => `build ${escapePath(name)}: KAON kaon-always`),
    'default all',
    '',
  ].join('\n');
}

/**
 * Takes such a file away and answers what it said: setups that would come to the same are told by what they
 * find, and shall not find what only the last one left.
 */
export function hidePointer(files: Files, buildRoot: string): string | undefined {
  const path = pathIn(buildRoot);
  if (!files.exists(path)) return undefined;
  const text = files.readText(path);
  if (!text.ok || !text.value.startsWith(firstLine)) return undefined;
  return files.remove(path).ok ? text.value : undefined;
}

/** Puts it back after a setup that wrote none. */
export function showPointer(files: Files, buildRoot: string, text: string): void {
  // Where it cannot be written, nothing of ours is missing.
  if (!files.exists(pathIn(buildRoot))) files.replace(pathIn(buildRoot), text);
}
