import { changedEnvironment, type Environment } from '../base/environment.ts';
import { ownText } from '../base/own-text.ts';
import { RecentMap } from '../base/recent-map.ts';
import type { ActionCache } from '../cache/action-cache.ts';
import type { Action, ActionId, Command, FileId, Graph } from '../graph/graph.ts';
import { findInPath } from '../host/find-in-path.ts';
import type { Commands, Finished, Host, JobShare, SpawnLaunch } from '../host/host.ts';
import type { ActionLog } from '../store/log/action-log.ts';
import { asLink } from '../store/log/as-link.ts';
import { type BuildPlace, graphPath } from './build-place.ts';
import { FileTable } from './file-table.ts';
import { type Listing, readListing } from './inputs/folder-listing.ts';
import { StartTimes } from './start-times.ts';

/** What is built, where, and what is remembered of it. */
export interface BuildInput {
  readonly host: Host;
  readonly graph: Graph;
  readonly log: ActionLog;
  /** Where results are taken from and put; none when absent. */
  readonly cache?: ActionCache | undefined;
  /** Absolute: where commands run and what relative paths of the graph start from. */
  readonly buildDirectory: string;
  /** Files that would go and shall stay. */
  readonly keeps?: KeptFiles | undefined;
  /** By key, actions that an earlier part of the same build ran: once is enough, whatever they made. */
  readonly alreadyRan?: ReadonlySet<string>;
  /** By key, actions that failed in an earlier part of the same build: neither they nor what needs them is tried. */
  readonly alreadyFailed?: ReadonlySet<string>;
  /** Commands that do not make all that they may are usual in this graph, and nothing is told of them. */
  readonly incompleteIsUsual?: boolean;
  /** Commands that write what they read are usual in this build: what they leave is what they were made from. */
  readonly rewritingIsUsual?: boolean;
  /** Commands of rustc whose diagnostics somebody keeps for programs. */
  readonly keepsDiagnostics?: (action: Action) => boolean;
  /** What a command of kaon's own does, where that need not be another kaon. */
  readonly ownCommand?: (command: Command) => OwnCommand | undefined;
}

/** What is left lying after an action, which usually goes. */
export interface KeptFiles {
  /** For those who want to look at them. */
  readonly depfiles?: boolean;
  readonly given?: boolean;
  /** What a failed command left is its user's, as with ninja: it may be a report of the failure. It is made again in any case. */
  readonly failedOutputs?: boolean;
}

/** A command of kaon's own: what it starts, and what it does when that has ended. */
export interface OwnCommand {
  /** Outputs, by absolute path, that it can write again from what it said last, without being run. */
  readonly rewrites?: (path: string) => boolean;
  readonly lastRun?: () => Finished | undefined;
  readonly launch: (
    environment: Environment,
  ) => Pick<SpawnLaunch, 'argv' | 'environment' | 'workingDirectory'> | undefined;
  readonly end: (
    environment: Environment,
    finished: Finished | undefined,
  ) => { readonly isDone: boolean; readonly shown: string; readonly again?: boolean };
}

/** Of so many files is kept what can be found out again: more than builds of the usual size read. */
export const recentFiles = 1 << 14;

/** What all steps of one build share. */
export interface BuildContext extends BuildInput {
  readonly place: BuildPlace;
  readonly files: FileTable;
  /** The action that makes a file. */
  readonly producers: ReadonlyMap<FileId, ActionId>;
  /** The same by path, for what depfiles name. */
  readonly producersByPath: ReadonlyMap<string, ActionId>;
  /** The action that makes a folder, or one that it lies in; as found so far. */
  readonly folderMakers: Map<string, ActionId | undefined>;
  /** Outputs that are ready before their action ends. */
  readonly earlyFiles: ReadonlySet<FileId>;
  /** Programs found so far, by PATH and name. */
  readonly programs: Map<string, string | undefined>;
  /** Paths of the graph, by how tools that ran in the build directory spelled them lately. */
  readonly spelled: RecentMap<string, string>;
  /** What came into folders where headers are looked for; asked for once. */
  readonly listing: () => Listing;
  /** When actions started that ran in this build and are recorded. */
  readonly starts: StartTimes;
  /** Runs them. */
  readonly commands: Commands;
  /** Tokens for tools that run several processes themselves. */
  readonly jobShare: JobShare | undefined;
}

/** Whether a command of rustc is made to say in JSON what it says. */
export function speaksJson(
  { keepsDiagnostics }: Pick<BuildContext, 'keepsDiagnostics'>,
  action: Action,
): boolean {
  return action.earlyOutputs.length > 0 || keepsDiagnostics?.(action) === true;
}

/** What is known already, so that it need not be found out. */
export interface Scope {
  /** No other actions are of interest. */
  readonly actions: Iterable<ActionId>;
  /** Files that are as the log knows them. */
  readonly unchanged: Iterable<string>;
}

/**
 * Puts together what all steps of a build share. In a scope, only its actions are known as makers
 * of files.
 */
export function buildContext(
  input: BuildInput & { readonly jobShare?: JobShare | undefined },
  scope?: Scope,
): BuildContext {
  const { host, graph, log, buildDirectory } = input;
  const place = { buildDirectory };
  const producers = new Map<FileId, ActionId>();
  const producersByPath = new Map<string, ActionId>();
  const earlyFiles = new Set<FileId>();
  for (const id of scope?.actions ?? graph.actions.ids()) {
    const { outputs, earlyOutputs } = graph.actions.get(id);
    for (const output of outputs) {
      producers.set(output, id);
      producersByPath.set(graph.files.get(output), id);
    }
    for (const output of earlyOutputs) earlyFiles.add(output);
  }
  const files = new FileTable({
    host,
    log,
    place,
    unchanged: scope?.unchanged ?? [],
    mayBeStamp: (path) => {
      const maker = producersByPath.get(path);
      return maker !== undefined && makesStamp(graph.actions.get(maker), path);
    },
  });
  const commands = host.processes.commands();
  let listing: Listing | undefined;
  return {
    ...input,
    place,
    files,
    producers,
    producersByPath,
    folderMakers: new Map(),
    earlyFiles,
    programs: new Map(),
    spelled: new RecentMap(recentFiles, ownText),
    listing: () => {
      const maySay = scope === undefined ? 'some came' : 'none came';
      listing ??= readListing({ host, place, producersByPath }, { maySay });
      return listing;
    },
    starts: new StartTimes(host.clock.nowMs()),
    commands,
    jobShare: input.jobShare,
  };
}

/**
 * Whether a file that an action makes may be there to say that it ran, as commands of projects do by
 * `touch`. What they say on standard output, and what kaon writes itself, is all in its content.
 */
function makesStamp({ work, outputsOptional }: Action, path: string): boolean {
  return outputsOptional === true && work.kind === 'command' && work.stdout !== path;
}

/** The paths whose content decides what an action makes, as far as the graph knows: its inputs, then its program. */
export function declaredInputs(context: BuildContext, action: Action): readonly string[] {
  const paths = new Set(action.inputs.map((id) => context.graph.files.get(id)));
  const program = programOf(context, action);
  if (program !== undefined) paths.add(program);
  return [...paths];
}

/** The environment that an action's process gets. */
export function environmentOf({ host }: BuildContext, { work }: Action): Environment {
  const { environment } = host.system;
  return work.kind === 'command' && work.environment.length > 0
    ? changedEnvironment(environment, work.environment)
    : environment;
}

/** The path of the program that an action runs; nothing when it runs none or none is found. */
function programOf(context: BuildContext, action: Action): string | undefined {
  const { work } = action;
  const [name, folder] =
    work.kind === 'command'
      ? [work.argv[0], work.cwd]
      : [work.kind === 'symbols' ? work.tool[0] : undefined, undefined];
  return name === undefined ? undefined : programPath(context, action, { name, folder });
}

/** Where a program lies that an action names. */
export function programPath(
  context: BuildContext,
  action: Action,
  { name, folder }: { readonly name: string; readonly folder: string | undefined },
): string | undefined {
  if (name.includes('/')) return graphPath(context.place, name, folder);
  const environment = environmentOf(context, action);
  const key = `${environment['PATH'] ?? ''}\0${name}`;
  if (!context.programs.has(key)) {
    const { host } = context;
    const system = { ...host.system, environment };
    context.programs.set(key, findInPath({ files: host.files, system }, name));
  }
  return context.programs.get(key);
}

/** The paths that an action makes, as the file table knows them: a link that is made counts as a link. */
export function outputPaths({ graph }: BuildContext, action: Action): readonly string[] {
  const paths = action.outputs.map((id) => graph.files.get(id));
  return action.work.kind === 'symlink' ? paths.map(asLink) : paths;
}
