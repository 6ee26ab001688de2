import { posix } from 'node:path';
import type { Files, Host } from '../../host/host.ts';
import { inSource } from './in-source.ts';
import type { Mirror } from './mirror.ts';
import type { TestRun } from './tool-run.ts';

/** Names the folder in which runs of tests leave what lines they reached; not set when nobody asks. */
export const coverageVariable = 'KAON_COVERAGE_FOLDER';

/** How a runner is told to count lines. */
export interface Counting {
  readonly options: readonly string[];
  /** What is to be done so that it counts; empty where it does, or nobody asks. */
  readonly missing: string;
  /** Keeps what it counted, once it has run. */
  readonly keep: () => void;
}

const nothing: Counting = { options: [], missing: '', keep: () => {} };

/**
 * How a run of tests in TypeScript counts the lines it covers; nothing is counted unless `kaon coverage`
 * asks.
 */
export function coverageOf(
  { files, system }: Pick<Host, 'files' | 'system'>,
  mirror: Mirror,
  run: TestRun,
): Counting {
  const folder = system.environment[coverageVariable];
  if (folder === undefined || folder === '') return nothing;
  // One for each file of tests, by name.
  const name = run.file.replaceAll('/', '-');
  const own = posix.join(folder, `${name}.${system.processId}`);
  const keep = (): void => {
    keepCounts(files, mirror, {
      from: posix.join(own, 'lcov.info'),
      to: `${own}.info`,
      tests: run.file,
    });
    files.remove(own);
  };
  switch (run.runner) {
    case 'vitest':
      return hasProvider(files, mirror.mirror)
        ? { options: ofVitest(own), missing: '', keep }
        : { ...nothing, missing: 'To count lines: npm install --save-dev @vitest/coverage-v8' };
    case 'jest':
      return { options: ofJest(own), missing: '', keep };
    case 'node':
      files.makeDirectory(own);
      return { options: ofNode(own), missing: '', keep };
    case 'mocha':
      return { ...nothing, missing: 'mocha counts no lines' };
  }
}

function hasProvider(files: Files, mirror: string): boolean {
  return ['coverage-v8', 'coverage-istanbul'].some((name) =>
    files.isDirectory(posix.join(mirror, 'node_modules/@vitest', name)),
  );
}

/** What a project wants to be reached at least is meant for all of its tests together. */
function ofVitest(folder: string): readonly string[] {
  return [
    ...['--coverage.enabled', '--coverage.reporter=lcovonly', '--coverage.reportOnFailure'],
    `--coverage.reportsDirectory=${folder}`,
    ...['lines', 'functions', 'branches', 'statements'].map(
      (each) => `--coverage.thresholds.${each}=0`,
    ),
  ];
}

function ofJest(folder: string): readonly string[] {
  return [
    ...['--coverage', '--coverageReporters=lcovonly', '--coverageThreshold={}'],
    `--coverageDirectory=${folder}`,
  ];
}

function ofNode(folder: string): readonly string[] {
  return [
    ...['--enable-source-maps', '--experimental-test-coverage', '--test-reporter=lcov'],
    `--test-reporter-destination=${posix.join(folder, 'lcov.info')}`,
  ];
}

/** With whole paths, of the sources and not of their copies, and without the tests themselves. */
function keepCounts(
  files: Files,
  mirror: Mirror,
  { from, to, tests }: { readonly from: string; readonly to: string; readonly tests: string },
): void {
  const text = files.readText(from);
  if (!text.ok) return;
  const named = text.value
    .split(/(?<=^end_of_record\n)/m)
    .map((section) =>
      section.replace(
        /^SF:(.*)$/m,
        (_, path: string) => `SF:${inSource(posix.resolve(mirror.mirror, path), mirror)}`,
      ),
    )
    .filter((section) => !section.includes(`SF:${posix.join(mirror.source, tests)}\n`));
  files.replace(to, named.join(''));
}
