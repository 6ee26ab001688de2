import type { EnvironmentChange } from '../base/environment.ts';
import type { Rows } from '../base/rows.ts';
import type { Diagnostic, Place } from '../diag/diagnostic.ts';
import type { Host } from '../host/host.ts';
import type { CrateBuild, CrateProduct } from '../model/crate-graph.ts';
import type { Dependency } from '../model/dependency.ts';
import type { FileRef } from '../model/file.ts';
import type { Install } from '../model/install.ts';
import type { Machine, MachineChoice } from '../model/machine.ts';
import type { Arguments, Project, Script } from '../model/model.ts';
import type {
  DependencyId,
  GeneratedList,
  GeneratedListId,
  ProjectId,
  Target,
  TargetId,
} from '../model/target.ts';
import type { Test, TestSetup } from '../model/test.ts';
import type { Language, Toolchain } from '../model/toolchain.ts';
import type { WrapSet } from '../wrap/wrap-set.ts';
import type { EvaluateInput } from './input.ts';
import type { FeatureUses } from './interpreter/feature-uses.ts';
import type { Limits } from './interpreter/limits.ts';
import type { MachineConfig } from './machines/machine-config.ts';
import type { GivenOptions } from './options/option-key.ts';
import type { OptionStore } from './options/option-store.ts';

/** The tables that evaluation fills: the model in the making. */
export interface ModelTables {
  readonly projects: Rows<ProjectId, Project>;
  readonly targets: Rows<TargetId, Target>;
  readonly declaredAt: Map<TargetId, Place>;
  readonly dependencies: Rows<DependencyId, Dependency>;
  readonly generatedLists: Rows<GeneratedListId, GeneratedList>;
  readonly crates: CrateBuild[];
  readonly tests: Test[];
  readonly testSetups: TestSetup[];
  readonly namedTests: {
    readonly run: Test[];
    readonly compiled: CrateProduct[];
    readonly beside: CrateProduct[];
    readonly untestable: string[];
  };
  readonly installs: Install[];
  readonly postconfScripts: Script[];
  readonly distScripts: Script[];
  readonly devenv: EnvironmentChange[];
  readonly globalArgs: Map<MachineChoice, Map<Language, Arguments>>;
  readonly toolchains: Map<MachineChoice, Map<Language, Toolchain>>;
  /** Languages that were asked for on the build machine, also where that is the host machine. */
  readonly buildLanguages: Set<Language>;
  /** What targets are linked with in a standard library's place, as machine files say. */
  readonly standardLibraries: Map<MachineChoice, Map<Language, DependencyId>>;
  readonly buildFiles: Map<string, FileRef>;
  /** By absolute path. */
  readonly buildTexts: Map<string, string>;
}

/** One run of the evaluator: what all projects of a build share. */
export interface Evaluation {
  readonly host: Host;
  /** The command that runs this kaon: for actions that are its own, and for `find_program('meson')`. */
  readonly self: readonly string[];
  /** Absolute. */
  readonly sourceRoot: string;
  /** Absolute. */
  readonly buildRoot: string;
  readonly tables: ModelTables;
  /** What is known of the machines; a compiler may know better which processor its programs are for. */
  readonly machines: Record<MachineChoice | 'target', Machine>;
  /** Machines that no file describes: the one kaon runs on. */
  readonly detectedMachines: readonly (MachineChoice | 'target')[];
  readonly cross: boolean;
  readonly input: EvaluateInput;
  readonly options: OptionStore;
  /** What machine files, the environment and the command line say of options. */
  readonly given: { readonly machineFiles: GivenOptions; readonly commandLine: GivenOptions };
  readonly configs: Readonly<Record<MachineChoice, MachineConfig>>;
  /** Grows when subprojects bring wraps of their own. */
  wraps: WrapSet;
  /** Folder of subprojects, relative to the source root; as the top `project()` names it. */
  subprojectDir: string;
  readonly features: FeatureUses;
  readonly limits: Limits;
  /** A line for people and the log, in source order (`name| ` is put before lines of subprojects). */
  log(text: string): void;
  /** A line whose text is not known yet: it keeps its place among the others. Asked for once, at the latest when evaluation ends; an empty text is no line. */
  logLater(text: () => string): void;
  /** A line for the log only. */
  detail(text: string): void;
  /** Runs a part whose lines are those of a subproject. */
  nested<T>(subproject: string, run: () => T): { readonly value: T; readonly warnings: number };
  report(diagnostic: Diagnostic): void;
  /** What is to be said when a project asks for versions of Meson that ours is not among. */
  versionComplaint(required: string): string | undefined;
}
