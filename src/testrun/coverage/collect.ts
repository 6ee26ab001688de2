import { posix } from 'node:path';
import { filesBelow } from '../../host/files-below.ts';
import type { Files, Host } from '../../host/host.ts';
import { matchesGlob } from '../match-glob.ts';
import { addObjects } from './gcov.ts';
import { addLcov } from './lcov.ts';
import { type LineCounts, LineTable } from './line-counts.ts';
import { addProgram } from './llvm-mapping.ts';
import { type Counters, readProfile } from './llvm-profile.ts';

export interface Collect {
  readonly host: Host;
  /** Absolute. */
  readonly sourceRoot: string;
  /** Absolute. */
  readonly buildRoot: string;
  /** What was linked, relative to the build directory. */
  readonly programs: readonly string[];
  readonly gcov: readonly string[];
  /** Folders of the source tree that do not count, relative to it. */
  readonly without: readonly string[];
  /** Patterns of files that do not count, relative to the source tree. */
  readonly exclude: readonly string[];
}

export interface Collected {
  /** By path relative to the source tree, sorted. */
  readonly counts: LineCounts;
  /** What could not be read, for people. */
  readonly warnings: readonly string[];
}

/** Where programs that rustc instrumented leave their counters, for LLVM_PROFILE_FILE; runners of tests, what they count. */
export function profileFolder(buildRoot: string): string {
  return `${buildRoot}/meson-private/coverage`;
}

/** Forgets what earlier runs counted. */
export function forgetCounts({ files }: Pick<Host, 'files'>, buildRoot: string): void {
  files.remove(profileFolder(buildRoot));
  for (const path of filesEndingIn(files, buildRoot, '.gcda')) files.remove(`${buildRoot}/${path}`);
}

/** What the tests of a build directory reached, of all languages alike. */
export function collectCoverage(request: Collect): Collected {
  const { host, sourceRoot, buildRoot, programs, gcov, without, exclude } = request;
  const { files } = host;
  const warnings: string[] = [];
  const table = new LineTable();
  const notes = filesEndingIn(files, buildRoot, '.gcno');
  const failed =
    notes.length === 0 ? undefined : addObjects({ host, tool: gcov, buildRoot, notes }, table);
  if (failed !== undefined) warnings.push(failed);
  const counters: Counters = new Map();
  const folder = profileFolder(buildRoot);
  const profiles = files.list(folder);
  for (const name of profiles.ok ? profiles.value : []) {
    if (name.endsWith('.info')) {
      const text = files.readText(`${folder}/${name}`);
      if (text.ok) addLcov(text.value, table);
      continue;
    }
    const bytes = files.readBytes(`${folder}/${name}`);
    const read = bytes.ok ? readProfile(bytes.value, counters) : undefined;
    if (read?.ok === false) warnings.push(`${name} ${read.error}`);
  }
  for (const program of programs) {
    const bytes = files.readBytes(posix.resolve(buildRoot, program));
    if (bytes.ok) addProgram(bytes.value, counters, table);
  }
  const inside = (path: string): boolean =>
    path.startsWith(`${sourceRoot}/`) && !path.startsWith(`${buildRoot}/`);
  const own = [...table.counts]
    .filter(([path]) => inside(path))
    .map(([path, lines]) => [path.slice(sourceRoot.length + 1), lines] as const)
    .filter(([path]) => !without.some((each) => path.startsWith(`${each}/`)))
    .filter(([path]) => !exclude.some((pattern) => matchesGlob(path, pattern)))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { counts: new Map(own), warnings };
}

function filesEndingIn(files: Files, root: string, suffix: string): readonly string[] {
  return filesBelow(files, root)
    .map(({ path }) => path)
    .filter((path) => path.endsWith(suffix));
}
