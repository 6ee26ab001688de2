import type { MadeFolder } from './made-folder.ts';

/**
 * One run of a TypeScript tool in a package's mirror, as `kaon internal typescript` does it in the
 * actions that the module `typescript` declares. Paths but those of the package are absolute.
 */
export type ToolRun = InstallRun | CheckRun | CompileRun | BundleRun | OtherRun | TestRun;

export interface InstallRun {
  readonly kind: 'install';
  /** Folders with a lock file, relative to the package. */
  readonly folders: readonly string[];
  /** Packages whose install scripts are run. */
  readonly scripts: readonly string[];
  readonly stamp: string;
  readonly depfile: string;
}

export interface CheckRun {
  readonly kind: 'check';
  /** The tsconfig, relative to the package. */
  readonly project: string;
  readonly stamp: string;
  readonly depfile: string;
  readonly buildInfo: string;
}

export interface CompileRun {
  readonly kind: 'compile';
  /** The tsconfig, relative to the package. */
  readonly project: string;
  readonly folder: MadeFolder;
  readonly depfile: string;
}

export interface BundleRun {
  readonly kind: 'bundle';
  readonly entries: readonly string[];
  readonly made: string | MadeFolder;
  readonly depfile: string;
  /** Passed to esbuild as they are: `--platform=node`. */
  readonly options: readonly string[];
}

/** Any program of the packages. */
export interface OtherRun {
  readonly kind: 'run';
  /** Where it runs, relative to the package. */
  readonly workdir: string;
  /** Its name, then its arguments, with `@MADE0@` for the first of what it makes. */
  readonly command: readonly string[];
  readonly made: readonly string[] | MadeFolder;
  /** Written once it ended well, where it makes nothing. */
  readonly stamp: string | undefined;
  readonly depfile: string;
}

export interface TestRun {
  readonly kind: 'test';
  readonly runner: TestRunner;
  readonly file: string;
  readonly config: string | undefined;
  /** For the runner itself. */
  readonly options: readonly string[];
}

/** What runs files of tests, and tells of each test. */
export type TestRunner = (typeof testRunners)[number];

export const testRunners = ['vitest', 'node', 'mocha', 'jest'] as const;
