import type { Result } from '../base/result.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import type { Host } from '../host/host.ts';
import type { WrapFault } from '../wrap/fault.ts';
import type { PreparedSubproject, WrapMode } from '../wrap/request.ts';
import type { Method } from '../wrap/wrap-file.ts';
import type { WrapSet } from '../wrap/wrap-set.ts';

/** What evaluation needs to know beside the build files. */
export interface EvaluateInput {
  readonly host: Host;
  /** Absolute. */
  readonly sourceRoot: string;
  /** Absolute. */
  readonly buildRoot: string;
  /** `-Dname=value` and options like `--prefix`, in the order they were given; a later one of a name wins. */
  readonly commandLineOptions?: readonly (readonly [name: string, value: string])[];
  /** Paths of machine files, absolute or relative to the working directory. */
  readonly nativeFiles?: readonly string[];
  readonly crossFiles?: readonly string[];
  /** What the summary calls machine files, where that is not their paths. */
  readonly namedFiles?: NamedFiles | undefined;
  /** Variables that choose compilers and their arguments, where they are not those of now. */
  readonly chosen?: ReadonlyMap<string, string> | undefined;
  /** Nothing but options is wanted: compilers are asked who they are, and no more. */
  readonly onlyOptions?: boolean;
  /** `--fatal-meson-warnings`: the first warning ends evaluation. */
  readonly fatalWarnings?: boolean;
  /** Wraps that come with kaon; the project's own come before them. */
  readonly bundledWraps?: WrapSet;
  /** Makes sure that a subproject's sources are there. Evaluation is synchronous, so the caller waits. */
  readonly prepareSubproject?: (wanted: WantedSubproject) => Result<PreparedSubproject, WrapFault>;
  /** How kaon is started: for build files that call it (`MESONINTROSPECT`, `MESON`). */
  readonly command?: readonly string[];
  /** Told of each line and diagnostic as it comes, in source order. */
  readonly listener?: (told: Told) => void;
}

/** Machine files as someone has written them; none of a kind where its paths are to be shown. */
export interface NamedFiles {
  readonly cross: readonly string[];
  readonly native: readonly string[];
}

export interface WantedSubproject {
  readonly name: string;
  readonly wraps: WrapSet;
  readonly wrapMode: WrapMode;
  /** Absolute `subprojects` folder of the main project. */
  readonly subprojects: string;
  readonly method?: Method;
  /** Told of downloads and the like. */
  readonly tell?: (line: string) => void;
}

/** What evaluation says while it runs: lines for people, and diagnostics. */
export type Told =
  | { readonly kind: 'line'; readonly text: string }
  /** A line for the log file only: `debug()`. */
  | { readonly kind: 'detail'; readonly text: string }
  | { readonly kind: 'diagnostic'; readonly prefix: string; readonly diagnostic: Diagnostic };
