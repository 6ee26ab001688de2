import { posix } from 'node:path';
import type { Place } from '../diag/diagnostic.ts';
import type { Files } from '../host/host.ts';
import { allDependencies } from './manifest/manifest.ts';
import { placeOfKey } from './manifest/toml.ts';
import type { LoadedWorkspace } from './units/packages/load-workspace.ts';

/** What Cargo ended with, for people. */
export interface CargosError {
  readonly first: string;
  /** In one line. */
  readonly causes: string;
}

/** The error that Cargo ended with, and its causes. Before it Cargo tells what it does: waiting, updating. */
export function saidByCargo(stderr: string): CargosError {
  const whole = stderr.trim().split('\n');
  const start = whole.findIndex((line) => line.startsWith('error: '));
  const lines = whole.slice(Math.max(0, start));
  // That no version fits is the outcome; this is the reason.
  const reason = lines.findIndex((line) =>
    /^package `.*` depends on `.*` with feature `/.test(line),
  );
  const [first = '', ...others] = lines.slice(Math.max(0, reason));
  return {
    first: first.replace(/^error: /, '') || 'Cargo said nothing',
    causes: causesIn(others) || 'cargo generate-lockfile tells more',
  };
}

/** Cargo tells each cause in a paragraph of its own, and shows code, whose place is ours to tell. */
function causesIn(lines: readonly string[]): string {
  return lines
    .map((line) =>
      line
        .trim()
        .replace(/^error: /, '')
        .replace(/ +/g, ' '),
    )
    .filter((line) => line !== '' && line !== 'Caused by:' && !/^(\d* *\||--> )/.test(line))
    .join('; ');
}

/** The line of a manifest that Cargo's error is about, where it tells. */
export function blamedPlace(
  files: Files,
  { root, members }: Pick<LoadedWorkspace, 'root' | 'members'>,
  stderr: string,
): Place | undefined {
  const [, path, line, column] = /^ *--> (.+):(\d+):(\d+)$/m.exec(stderr) ?? [];
  if (path !== undefined)
    return placeIn(files, posix.resolve(root, path), {
      line: Number(line),
      column: Number(column),
    });
  const crate = blamedCrate
    .exec(stderr)
    ?.slice(1)
    .find((name) => name !== undefined);
  const [, folder = ''] = /package `\S+ v\S+ \((\/[^)]*)\)`/.exec(stderr) ?? [];
  const by = members.get(folder);
  const asked = by === undefined ? [...members.values()] : [by];
  for (const { manifest } of asked) {
    const found = allDependencies(manifest).find((one) => one.crate === crate);
    if (found !== undefined) return placeOfKey(manifest.source, found.key);
  }
  return undefined;
}

const blamedCrate =
  /no matching package named `([^`]+)` found|searched package name: `([^`]+)`|for the requirement `([^` ]+) =|depends on `([^`]+)`,? with|failed to get `([^`]+)` as a dependency|failed to select a version for `([^`]+)`/;

/** A place that Cargo shows, with its line and column from 1. */
function placeIn(
  files: Files,
  path: string,
  { line, column }: { readonly line: number; readonly column: number },
): Place | undefined {
  const text = files.readText(path);
  if (!text.ok) return undefined;
  const before = text.value.split('\n').slice(0, line - 1);
  const start = before.reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  return { source: { path, text: text.value }, span: { start, end: start + 1 } };
}
