import type { Result } from '../base/result.ts';
import type { Diagnostic, Place } from '../diag/diagnostic.ts';
import type { Host } from '../host/host.ts';
import type { WrapFault } from './fault.ts';
import type { Method } from './wrap-file.ts';
import type { Package, WrapSet } from './wrap-set.ts';

/** As `--wrap-mode`. What it forbids to `dependency()` is for the evaluator to heed. */
export type WrapMode = 'default' | 'nofallback' | 'nodownload' | 'forcefallback' | 'nopromote';

/** Whether a dependency that was not found may come from a subproject by itself. */
export function mayFallBack(mode: WrapMode): boolean {
  return mode !== 'nofallback' && mode !== 'nodownload';
}

/** Whether wraps of subprojects join those of the main project. */
export function mayPromote(mode: WrapMode): boolean {
  return mode !== 'nopromote';
}

/** A crate archive by name and content; a version alone would promise less. */
export interface CrateWanted {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
}

/**
 * How crates are had: through the user's Cargo. `cache` only looks, `offline` may use vendored
 * folders, `online` may download. Answers an archive or a checked folder; an error is a sentence.
 */
export type FetchCrate = (
  crate: CrateWanted,
  reach: 'cache' | 'offline' | 'online',
) => Promise<Result<string, string>>;

/** A clone on this machine that has a commit of a repository checked out, by its full id. */
export type KeptClone = (repository: {
  readonly url: string;
  readonly revision: string;
}) => string | undefined;

/** What preparing a subproject needs to know of the project. */
export interface PrepareRequest {
  readonly name: string;
  readonly wraps: WrapSet;
  readonly wrapMode: WrapMode;
  /** Absolute. */
  readonly sourceRoot: string;
  /** Absolute `subprojects` folder of the main project. */
  readonly subprojects: string;
  /** Absolute folder, shared by all builds of the user, for sources that kaon lays out itself. */
  readonly store: string;
  readonly fetchCrate: FetchCrate;
  /** Asked where nothing may be downloaded. */
  readonly keptClone?: KeptClone;
  /** Set where a build file asks for one: `cmake.subproject()`. */
  readonly method?: Method;
  /** Told of each download and each diff, in Meson's words. */
  readonly tell?: (line: string) => void;
}

/** A subproject whose sources are there. */
export interface PreparedSubproject {
  /** Absolute; outside the source tree for kaon's own packages. */
  readonly directory: string;
  /**
   * The folder below the source tree that it stands for: what messages show, what `subdir` is
   * relative to, and where in the build directory its targets go.
   */
  readonly subdir: string;
  readonly method: Method;
  /** What to watch: a change of one of these makes setup run again. */
  readonly inputs: readonly string[];
  readonly warnings: readonly Diagnostic[];
}

/** A package being laid out. */
export interface Laying {
  readonly host: Host;
  readonly request: PrepareRequest;
  readonly made: Package;
  /** Empty folder of ours, on the file system of the result. */
  readonly staging: string;
  /** Where faults are shown that no single field caused. */
  readonly place: Place;
}

/** What a step of laying out a package comes to. */
export type Outcome<T> = Promise<Result<T, WrapFault>>;

/** Whether anything may be fetched (`wrap_mode`). */
export function mayDownload(mode: WrapMode): boolean {
  return mode !== 'nodownload';
}

/** Meson's words for a download that `wrap_mode` forbids, and our hint. */
export const downloadsDisabled = 'Automatic wrap-based subproject downloading is disabled';
export const downloadBefore =
  '"kaon subprojects download" brings what the wraps name; or set up without "--wrap-mode=nodownload".';
