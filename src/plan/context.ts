import type { Diagnostic } from '../diag/diagnostic.ts';
import { plainError } from '../diag/diagnostic.ts';
import type { Action, FileListId } from '../graph/graph.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import type { MachineChoice } from '../model/machine.ts';
import type { Model } from '../model/model.ts';
import type { OptionValue } from '../model/option.ts';
import type { Compilation, CrateFacts, TargetLinker } from '../model/planned-target.ts';
import type { BuildTarget, DependencyId, TargetId } from '../model/target.ts';
import type { Language, Toolchain } from '../model/toolchain.ts';
import type { Family, OptionLookup } from '../toolchains/rules.ts';
import { type Paths, pathsOf, targetOutputs } from './paths.ts';
import type { ResolvedTarget } from './resolved-target.ts';

/** What planning gathers: the graph so far, what was worked out of targets, and what went wrong. */
export interface PlanContext {
  readonly model: Model;
  /** The command that introspects the build directory, for scripts and run targets. */
  readonly introspect: readonly string[];
  readonly paths: Paths;
  readonly graph: GraphBuilder;
  readonly diagnostics: Diagnostic[];
  /** Folders that exist in the build tree before anything is built. */
  readonly hasBuildFolder: (path: string) => boolean;
  /** Whether an absolute path is a file when the project is set up. */
  readonly isFile: (path: string) => boolean;
  /** Libraries of the system that were there to be linked. */
  readonly systemLibraries: Set<string>;
  readonly resolved: Map<TargetId, ResolvedTarget>;
  /** What tools will ask of planned targets: arguments, objects, rpath entries. */
  readonly facts: Map<TargetId, TargetFacts>;
  /** Lists of order-only files that were told of before: the sources of a target share one. */
  readonly orderOnlyLists: Map<readonly string[], readonly FileListId[]>;
  /** What options are worth to a project: each target asks for the same. */
  readonly optionValues: Map<string, OptionValue | undefined>;
  /** Generated lists that a target already has actions for: `target:list`. */
  readonly processedLists: Set<string>;
}

/** What planning learnt of a build target. */
export interface TargetFacts {
  readonly compilations: GrowingCompilation[];
  /** The same by the list of arguments that the planner gave. */
  readonly groups: Map<readonly string[], GrowingCompilation>;
  linker: TargetLinker | undefined;
  /** Entries of its rpath that are only for the build directory. */
  rpathToRemove: readonly string[];
  crate?: CrateFacts;
}

/** A compilation while sources are still being added. */
export interface GrowingCompilation extends Compilation {
  readonly sources: string[];
  readonly generatedSources: string[];
  readonly unitySources: string[];
}

interface ContextSettings {
  readonly introspect: readonly string[];
  readonly isBuildFolder?: (path: string) => boolean;
  readonly isFile?: (path: string) => boolean;
}

/** What all of planning shares, for one model: paths, the graph that grows, and what was looked up. */
export function newContext(
  model: Model,
  { introspect, isBuildFolder = () => false, isFile = () => false }: ContextSettings,
): PlanContext {
  const known = new Map<string, boolean>();
  const files = new Map<string, boolean>();
  const folders = foldersOf(model);
  return {
    model,
    introspect,
    paths: pathsOf(model),
    graph: new GraphBuilder(),
    diagnostics: [],
    hasBuildFolder: (path) => {
      const there = known.get(path) ?? (folders.has(path) || isBuildFolder(path));
      known.set(path, there);
      return there;
    },
    isFile: (path) => {
      const is = files.get(path) ?? isFile(path);
      files.set(path, is);
      return is;
    },
    systemLibraries: new Set(),
    resolved: new Map(),
    facts: new Map(),
    orderOnlyLists: new Map(),
    optionValues: new Map(),
    processedLists: new Set(),
  };
}

/** What is known of a build target so far; to be added to while its actions are planned. */
export function factsOf(context: PlanContext, target: TargetId): TargetFacts {
  const known = context.facts.get(target);
  if (known !== undefined) return known;
  const facts: TargetFacts = {
    compilations: [],
    groups: new Map(),
    linker: undefined,
    rpathToRemove: [],
  };
  context.facts.set(target, facts);
  return facts;
}

/** An action as planners write it: files by path, the seldom parts left out. */
export interface ActionDraft {
  readonly rule: string;
  readonly description: string;
  readonly work: Action['work'];
  readonly inputs: readonly string[];
  readonly orderOnly?: readonly string[];
  readonly outputs: readonly string[];
  readonly earlyOutputs?: readonly string[];
  readonly depfile?: Action['depfile'];
  readonly pool?: Action['pool'];
  readonly alwaysRun?: boolean;
  readonly removeOutputsFirst?: boolean;
  readonly outputsOptional?: boolean;
  readonly tellsBreakage?: boolean;
}

/** Adds an action; a second one that makes the same file is told to the user. */
export function addAction(context: PlanContext, draft: ActionDraft): void {
  const { graph } = context;
  const files = (paths: readonly string[]) => [...new Set(paths)].map((path) => graph.file(path));
  // First, so that files keep their numbers however lists are shared.
  const orderOnly = orderOnlyLists(context, draft.orderOnly ?? []);
  const added = graph.add({
    rule: draft.rule,
    description: draft.description,
    work: draft.work,
    inputs: files(draft.inputs),
    orderOnly,
    outputs: files(draft.outputs),
    earlyOutputs: files(draft.earlyOutputs ?? []),
    ...(draft.depfile && { depfile: draft.depfile }),
    ...(draft.pool !== undefined && { pool: draft.pool }),
    alwaysRun: draft.alwaysRun ?? false,
    removeOutputsFirst: draft.removeOutputsFirst ?? false,
    ...(draft.outputsOptional === true && { outputsOptional: true }),
    ...(draft.tellsBreakage === true && { tellsBreakage: true }),
  });
  if (!added.ok) {
    context.diagnostics.push(severalProducers(context, added.error.path));
  }
}

/** Said of a name that two things have. */
export function severalProducers({ model }: PlanContext, name: string): Diagnostic {
  const places = [...model.targets.entries()].flatMap(([id, target]) => {
    const isMaker =
      target.kind === 'build' || target.kind === 'custom'
        ? targetOutputs(target).includes(name)
        : target.name === name;
    return isMaker ? (model.declaredAt.get(id) ?? []) : [];
  });
  return {
    ...plainError(`Multiple producers for Ninja target "${name}". Please rename your targets.`),
    related: places.map((place) => ({ place, message: 'declared here' })),
  };
}

function orderOnlyLists(context: PlanContext, paths: readonly string[]): readonly FileListId[] {
  if (paths.length === 0) return [];
  const known = context.orderOnlyLists.get(paths);
  if (known !== undefined) return known;
  const { graph } = context;
  const lists = [graph.fileList([...new Set(paths)].map((path) => graph.file(path)))];
  context.orderOnlyLists.set(paths, lists);
  return lists;
}

/** Whose tools a target gets. What build files declare for the build machine differs only when cross-compiling. */
export function machineOf(
  { model }: PlanContext,
  target: Pick<BuildTarget, 'machine'>,
): MachineChoice {
  return model.cross ? target.machine : 'host';
}

/** The compilers that a target may be built with; undefined where its machine has none. */
export function toolchainsFor(
  context: PlanContext,
  target: Pick<BuildTarget, 'machine'>,
): ReadonlyMap<Language, Toolchain> | undefined {
  return context.model.toolchains.get(machineOf(context, target));
}

/** The compiler of a language for a target. */
export function toolchainFor(
  context: PlanContext,
  target: Pick<BuildTarget, 'machine'>,
  language: Language,
): Toolchain | undefined {
  return toolchainsFor(context, target)?.get(language);
}

/** Whether the compiler's own standard library is not to be used for a language: the project has one. */
export function bringsStandardLibrary(
  context: PlanContext,
  target: BuildTarget,
  { toolchain }: Pick<Family, 'toolchain'>,
): boolean {
  const ofMachine = context.model.ownStandardLibraries?.get(machineOf(context, target));
  return ofMachine?.has(toolchain.language) === true;
}

/** Options as they are for a target: its own overrides, its project's values, those of all. */
export function targetOptions(context: PlanContext, target: BuildTarget): OptionLookup {
  const { subproject } = context.model.projects.get(target.project);
  return (name) =>
    target.overrideOptions.get(name) ??
    findOption(context, { name, subproject, machine: machineOf(context, target) });
}

interface OptionPlace {
  readonly name: string;
  /** Else what all projects share. */
  readonly subproject?: string | undefined;
  /** The host, if not told. */
  readonly machine?: BuildTarget['machine'];
}

/**
 * The value in effect, from the nearest place to the farthest: the project's own, then that of all
 * projects, then the top project's; of the target's machine before the host's.
 */
export function findOption(
  context: PlanContext,
  { name, subproject, machine = 'host' }: OptionPlace,
): OptionValue | undefined {
  const key = `${machine}:${subproject ?? '*'}:${name}`;
  const { optionValues } = context;
  if (optionValues.has(key)) return optionValues.get(key);
  const places = [
    { name, subproject, machine },
    { name, subproject: undefined, machine },
    { name, subproject, machine: 'host' as const },
    { name, subproject: undefined, machine: 'host' as const },
    { name, subproject: '', machine },
    { name, subproject: '', machine: 'host' as const },
  ];
  const { options } = context.model;
  const value = places.map((place) => options.find(place)).find((found) => found !== undefined);
  optionValues.set(key, value);
  return value;
}

/** A list option that all projects share (`c_args`); empty when there is none. */
export function globalListOption(
  context: PlanContext,
  name: string,
  machine: BuildTarget['machine'],
): readonly string[] {
  const value = findOption(context, { name, machine });
  return Array.isArray(value) ? value : [];
}

/** A dependency as it was declared or found. */
export function dependencyOf(context: PlanContext, id: DependencyId) {
  return context.model.dependencies.get(id);
}

/** Each folder with a build file has its twin in the build tree, and so has each folder of outputs. */
function foldersOf(model: Model): ReadonlySet<string> {
  const folders = new Set<string>(['.']);
  const addFolder = (folder: string): void => {
    for (let at = folder; at !== '' && at !== '.' && !folders.has(at); ) {
      folders.add(at);
      const slash = at.lastIndexOf('/');
      at = slash <= 0 ? '' : at.slice(0, slash);
    }
  };
  for (const file of model.buildFiles) {
    // Files that configuring read lie where no folder is made.
    if (file.tree === 'source' && !file.path.endsWith('/meson.build')) continue;
    if (!file.path.startsWith('/') && file.path.includes('/'))
      addFolder(file.path.slice(0, file.path.lastIndexOf('/')));
  }
  for (const target of model.targets.values()) {
    addFolder(target.buildSubdir);
    if (target.kind !== 'build' || target.subdir.startsWith('/')) continue;
    addFolder(target.subdir);
  }
  return folders;
}
