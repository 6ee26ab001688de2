import type { Dependency } from '../model/dependency.ts';
import type { FileRef, IncludeDirectories } from '../model/file.ts';
import type { BuildTarget, DFeatures, Item, LinkItem, TargetId } from '../model/target.ts';
import type { Language } from '../model/toolchain.ts';

/** A build target with all that its dependencies bring, in Meson's order. */
export interface ResolvedTarget {
  readonly id: TargetId;
  readonly target: BuildTarget;
  /** Files that exist before the build, each once. */
  readonly sources: readonly FileRef[];
  /** Outputs of custom targets and generators, objects among them, each once. */
  readonly generated: readonly Generated[];
  readonly objects: readonly ObjectItem[];
  readonly external: readonly External[];
  readonly includes: readonly IncludeDirectories[];
  /** What D's compiler is told of the target and its dependencies. */
  readonly d: Pick<DFeatures, 'versions' | 'importDirectories'>;
  readonly linkWith: readonly LinkItem[];
  readonly linkWhole: readonly LinkItem[];
  /** Whose compilers it uses, its libraries' included; those that compile most kinds of files first. */
  readonly languages: readonly Language[];
}

/** A source that another action makes. */
export type Generated = Extract<Item, { readonly kind: 'output' | 'generated' }>;
/** Where objects come from that are linked as they are. */
export type ObjectItem = Extract<Item, { readonly kind: 'file' | 'extracted' }>;

/** The part of a dependency that is arguments. */
export interface External {
  readonly name: string;
  /** Meson's type_name. */
  readonly type: string;
  readonly compileArgs: readonly string[];
  /** For sources of executables only. */
  readonly executableArgs?: readonly string[] | undefined;
  readonly linkArgs: readonly string[];
  readonly language: Dependency['language'];
}
