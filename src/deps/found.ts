import type { FileRef } from '../model/file.ts';
import type { MachineChoice } from '../model/machine.ts';
import type { Language } from '../model/toolchain.ts';
import { displayLanguage } from '../toolchains/languages.ts';

/** A dependency that was found on the machine: a row of the model in the making. */
export interface FoundDependency {
  readonly name: string;
  /** Meson's type_name: `pkgconfig`, `cmake`, `config-tool`, `system`, `builtin`. */
  readonly type: string;
  /** Undefined when nobody knows. */
  readonly version: string | undefined;
  readonly machine: MachineChoice;
  readonly compileArgs: readonly string[];
  /** For sources of executables only. */
  readonly executableArgs?: readonly string[];
  readonly linkArgs: readonly string[];
  /** `-L` and `-l` as they were told, before libraries were looked up. */
  readonly rawLinkArgs?: readonly string[];
  /** Compiled into the target: gtest where only its sources are installed. */
  readonly sources: readonly FileRef[];
  readonly language: Language | undefined;
  /** What it needs in its turn (threads of gtest). */
  readonly dependencies: readonly FoundDependency[];
  /** A part that was asked for as the whole was: of the same versions, its folders taken the same way. */
  readonly isAskedPart?: true;
  readonly pkgconfigName: string | undefined;
  /** The config tool that told of it. */
  readonly tool: readonly string[] | undefined;
  readonly variables: ReadonlyMap<string, string>;
  /** In the log, after the version: `(prebuilt)`. */
  readonly note?: string;
  /** In the log, before `found:`: `(modules: core)`. */
  readonly details?: string;
  /** Others may be there, of versions that will do when other ones are asked for: each time all are looked at. */
  readonly isOneOfSeveral?: true;
  /** Since which Meson there is such a dependency, and what to do otherwise. */
  readonly since?: { readonly version: string; readonly advice: string };
  /** Since which Meson another dependency is to be asked for, and which. */
  readonly deprecated?: {
    readonly feature: string;
    readonly version: string;
    readonly instead: string;
  };
}

/** What came of one way to find a dependency. */
export type Attempt =
  | { readonly kind: 'found'; readonly found: FoundDependency }
  | { readonly kind: 'absent'; readonly details?: string }
  /** It is there, but cannot be used; the reason is Meson's. */
  | { readonly kind: 'failed'; readonly reason: string };

/** It is not there, and nothing more is to be said. */
export const absent: Attempt = { kind: 'absent' };

/** There is no compiler to ask. */
export const noCompiler: Attempt = { kind: 'failed', reason: 'no toolchain found' };

/** A dependency of a language that the project does not have. */
export function noLanguage(name: string, language: string): Attempt {
  const shown = language === 'cpp' ? 'Cpp' : displayLanguage(language);
  return {
    kind: 'failed',
    reason: `${name} requires a ${shown} compiler, but ${shown} is not in the list of project languages`,
  };
}

type Told = Pick<FoundDependency, 'name' | 'type' | 'machine'> & Partial<FoundDependency>;

/** A dependency without anything; the fields given replace that. */
export function foundDependency(fields: Told): FoundDependency {
  return {
    version: undefined,
    compileArgs: [],
    linkArgs: [],
    sources: [],
    language: undefined,
    dependencies: [],
    pkgconfigName: undefined,
    tool: undefined,
    variables: new Map(),
    ...fields,
  };
}

/** The attempt that found a dependency with these fields. */
export function found(fields: Told): Attempt {
  return { kind: 'found', found: foundDependency(fields) };
}
