import type { FileRef, IncludeDirectories } from './file.ts';
import type { MachineChoice } from './machine.ts';
import type { DependencyId, DFeatures, Item, LinkItem } from './target.ts';
import type { Language } from './toolchain.ts';

/**
 * What a target gets from elsewhere. `internal` comes from `declare_dependency`; the others were
 * found on the machine. Nested dependencies stay nested: the planner flattens in Meson's order.
 */
export interface Dependency {
  readonly kind: 'internal' | 'external' | 'not-found';
  /** The same dependency taken in another way (`as_system()`, another name): a target takes the first of all. */
  readonly copyOf?: DependencyId;
  /** Of which that was found on the machine this is a part. */
  readonly partOf?: DependencyId;
  readonly name: string;
  /** How it was found: `pkgconfig`, `cmake`, `config-tool`, `system`, `internal`, `library`, … (Meson's type_name). */
  readonly type: string;
  readonly version: string;
  readonly compileArgs: readonly string[];
  /** For sources of executables only, which may have to be position-independent. */
  readonly executableArgs?: readonly string[];
  readonly linkArgs: readonly string[];
  readonly includeDirectories: readonly IncludeDirectories[];
  readonly sources: readonly Item[];
  readonly extraFiles: readonly FileRef[];
  readonly objects: readonly Item[];
  readonly linkWith: readonly LinkItem[];
  readonly linkWhole: readonly LinkItem[];
  readonly dependencies: readonly DependencyId[];
  readonly variables: ReadonlyMap<string, string>;
  /** For one language only (`cc.find_library` of C in a Rust target); any when undefined. */
  readonly language: Language | undefined;
  /** Include directories are taken with `-isystem`. */
  readonly includeType: 'preserve' | 'system' | 'non-system';
  /** What pkg-config files say of it: for the pkgconfig module. */
  readonly pkgconfigName: string | undefined;
  /** What it asks of D's compiler. */
  readonly d?: Pick<DFeatures, 'versions' | 'importDirectories'>;
  /** The machine it was found for; the host's when absent. */
  readonly machine?: MachineChoice;
  /** What was asked of its version when it was found: .pc files ask the same. */
  readonly versionRequirements?: readonly string[];
  /** The config tool that told of it. */
  readonly tool?: readonly string[];
  /** `-L` and `-l` as pkg-config told them, before libraries were looked up. */
  readonly rawLinkArgs?: readonly string[];
}

/** What a dependency has that brings nothing. */
export const emptyDependency: Omit<Dependency, 'kind' | 'name' | 'type'> = {
  version: 'unknown',
  compileArgs: [],
  linkArgs: [],
  includeDirectories: [],
  sources: [],
  extraFiles: [],
  objects: [],
  linkWith: [],
  linkWhole: [],
  dependencies: [],
  variables: new Map(),
  language: undefined,
  includeType: 'preserve',
  pkgconfigName: undefined,
};
