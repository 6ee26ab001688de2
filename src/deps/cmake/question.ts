import type { DependencyRequest } from '../context.ts';
import type { CommandLines } from './command-lines.ts';

/** A package that CMake is asked for. */
export interface PackageQuestion {
  readonly name: string;
  readonly request: DependencyRequest;
  readonly command: readonly string[];
  /** Meson's names; the first one's compiler builds the program. */
  readonly languages: readonly string[];
  readonly isStatic: boolean;
  /** How the package is looked for where `find_package(name)` will not do: sets `KAON_FOUND`, `KAON_VERSION` and `links`. */
  readonly search?: string;
  /** What the program `kaon` needs of it beside targets. */
  readonly usage?: string;
}

export type PackageAnswer =
  | ({
      readonly kind: 'found';
      readonly version: string | undefined;
      readonly variables: ReadonlyMap<string, string>;
    } & CommandLines)
  | {
      readonly kind: 'no-such-target';
      readonly target: string;
      readonly targets: readonly string[];
    }
  | { readonly kind: 'failed'; readonly reason: string };
