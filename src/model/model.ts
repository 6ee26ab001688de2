import type { EnvironmentChange } from '../base/environment.ts';
import type { ReadonlyRows } from '../base/rows.ts';
import type { Place } from '../diag/diagnostic.ts';
import type { CrateBuild } from './crate-graph.ts';
import type { Dependency } from './dependency.ts';
import type { FileRef } from './file.ts';
import type { Install } from './install.ts';
import type { Machine, MachineChoice } from './machine.ts';
import type { ReadonlyOptions } from './option.ts';
import type {
  CommandWord,
  DependencyId,
  GeneratedList,
  GeneratedListId,
  ProjectId,
  Target,
  TargetId,
} from './target.ts';
import type { NamedTests, Test, TestSetup } from './test.ts';
import type { Language, Toolchain } from './toolchain.ts';

/**
 * What a project is, when all its build files have been read: the contract between evaluation and
 * all that follows. Plain data; rows know each other by number.
 */
export interface Model {
  /** Absolute. */
  readonly sourceRoot: string;
  /** Absolute. */
  readonly buildRoot: string;
  readonly projects: ReadonlyRows<ProjectId, Project>;
  readonly targets: ReadonlyRows<TargetId, Target>;
  /** Where targets were declared, for messages. */
  readonly declaredAt: ReadonlyMap<TargetId, Place>;
  readonly dependencies: ReadonlyRows<DependencyId, Dependency>;
  /** What `dependency()` found on the host machine, in that order, with the top project's variables that hold it: for introspection. */
  readonly foundDependencies?: ReadonlyMap<DependencyId, readonly string[]>;
  readonly generatedLists: ReadonlyRows<GeneratedListId, GeneratedList>;
  readonly tests: readonly Test[];
  readonly testSetups: readonly TestSetup[];
  /** What words for targets of crates may ask for beside `tests`. */
  readonly namedTests?: NamedTests;
  readonly installs: readonly Install[];
  readonly options: ReadonlyOptions;
  readonly machines: Readonly<Record<MachineChoice | 'target', Machine>>;
  readonly cross: boolean;
  /** Programs of the host machine do not run here by themselves. */
  readonly needsExeWrapper: boolean;
  /** What they are run with, where they need it and there is something. */
  readonly exeWrapper: readonly string[] | undefined;
  /** What is named for that, but is not there. */
  readonly missingExeWrapper?: string;
  /** Where the host machine's files lie here, as `root` and `sys_root` of a machine file say. */
  readonly hostRoots?: readonly string[];
  /** The last of them. */
  readonly sysRoot?: string;
  readonly toolchains: ReadonlyMap<MachineChoice, ReadonlyMap<Language, Toolchain>>;
  /** Languages whose standard library the project brings itself, and what it is. */
  readonly ownStandardLibraries?: ReadonlyMap<MachineChoice, ReadonlyMap<Language, DependencyId>>;
  /** Every file whose change asks for evaluating again: build files, option files, machine files, configured inputs. */
  readonly buildFiles: readonly FileRef[];
  /** What the evaluator read of those it read as text, by absolute path: nobody needs to open them again. */
  readonly buildTexts?: ReadonlyMap<string, string>;
  /** Crates that are built as Cargo builds them. */
  readonly crates?: readonly CrateBuild[];
  /** `add_global_arguments` and kin, by machine and language. */
  readonly globalArgs: ReadonlyMap<MachineChoice, ReadonlyMap<Language, Arguments>>;
  readonly postconfScripts: readonly Script[];
  readonly distScripts: readonly Script[];
  readonly devenv: readonly EnvironmentChange[];
  /** Texts that came from options, as introspection shows them: `share/x` → `{datadir}/x`. */
  readonly directoryNames?: ReadonlyMap<string, string>;
  /** The top project's `subproject_dir`; `subprojects` when absent. */
  readonly subprojectDir?: string;
  /** Programs of binutils and such as machine files name them: `strip`, `nm`, … */
  readonly binaries: ReadonlyMap<MachineChoice, ReadonlyMap<string, readonly string[]>>;
}

/** Arguments of a language that hold for many targets. */
export interface Arguments {
  readonly compile: readonly string[];
  readonly link: readonly string[];
}

/** A program that runs at a stage of the build: after setup, or when a distribution is made. */
export interface Script {
  readonly subproject: string;
  readonly command: readonly CommandWord[];
  readonly environment: readonly EnvironmentChange[];
}

/** The top project or a subproject. */
export interface Project {
  /** Its `project()` name. */
  readonly name: string;
  /** Empty for the top project, else the subproject's name. */
  readonly subproject: string;
  readonly version: string;
  readonly licenses: readonly string[];
  readonly licenseFiles: readonly FileRef[];
  /** Relative to the source root, or absolute for sources kept in kaon's store. */
  readonly sourceDir: string;
  /** Relative to the build root. */
  readonly buildDir: string;
  readonly languages: readonly Language[];
  /** A subproject taken for the build machine (`native: true`): global arguments are that machine's. */
  readonly forBuildMachine?: true;
  /** `add_project_arguments`, `add_project_dependencies` and kin, by machine and language. */
  readonly args: ReadonlyMap<MachineChoice, ReadonlyMap<Language, Arguments>>;
}
