import { posix } from 'node:path';
import { pathBelow } from '../../base/path-below.ts';
import { err, ok } from '../../base/result.ts';
import { CargoGraph } from '../../cargo/cargo-graph.ts';
import type { CargoWorld, LaidSubproject, WorkspaceId } from '../../cargo/cargo-world.ts';
import { parseCfgSet } from '../../cargo/cfg.ts';
import type { CrateMachine } from '../../cargo/crate-abi.ts';
import { workspaceRootOf } from '../../cargo/units/packages/load-workspace.ts';
import { plainError } from '../../diag/diagnostic.ts';
import { familyOf } from '../../toolchains/family.ts';
import type { Call } from '../call.ts';
import { joinPath, normalPath } from '../paths.ts';
import { perEvaluation } from '../per-evaluation.ts';
import { wrapModeOf } from '../subprojects/wrap-mode.ts';
import { cargoLockOf } from './cargo-lock.ts';
import { failWith } from './fail-with.ts';

/** The crates of each project that has any, by subproject. Projects that belong together share them. */
const graphs = perEvaluation(() => new Map<string, CargoGraph>());

/** Where a project lies. */
interface ProjectPlace {
  /** Absolute. */
  readonly folder: string;
  /** Below the source tree, or where it stands for. */
  readonly subdir: string;
  /** Whether it came by a wrap; so did all that subprojects hold, where nothing is said. */
  readonly fromWrap?: boolean;
}

/** The crates of the project being read: there are some where a `Cargo.lock` lies, and in crates. */
export function cargoOf(
  call: Call,
  { folder }: Pick<ProjectPlace, 'folder'> = placeOf(call),
): CargoGraph | undefined {
  const { evaluation, scope } = call;
  const known = graphs(evaluation).get(scope.subproject);
  if (known !== undefined) return known;
  if (!evaluation.host.files.isFile(`${folder}/Cargo.lock`)) return undefined;
  const subprojects = joinPath(placeOf(call).folder, evaluation.subprojectDir);
  const graph = new CargoGraph({
    ...worldOf(call, folder),
    subprojects: posix.relative(folder, subprojects),
  });
  graphs(evaluation).set(scope.subproject, graph);
  return graph;
}

/** Whether the crates of the project being read were asked for before. */
export function hasCargo({ evaluation, scope }: Call): boolean {
  return graphs(evaluation).has(scope.subproject);
}

/** Gives a subproject the crates of the project that asks for it, or some of its own. */
export function shareCargo(call: Call, subproject: string, folder: string): CargoGraph {
  const { evaluation } = call;
  const graph = cargoOf(call) ?? new CargoGraph(worldOf(call, folder));
  graphs(evaluation).set(subproject, graph);
  return graph;
}

/** The workspace of a project, resolved, with members that its manifest does not name. */
export function loadWorkspace(
  call: Call,
  graph: CargoGraph,
  {
    extraMembers = [],
    ...place
  }: ProjectPlace & { readonly extraMembers?: readonly string[] | undefined },
): WorkspaceId {
  const { fromWrap = call.scope.subproject !== '' } = place;
  const loaded = graph.loadWorkspace({ ...place, fromWrap }, extraMembers);
  for (const path of graph.watched())
    call.evaluation.tables.buildFiles.set(path, { tree: 'source', path });
  if (!loaded.ok) return failWith(call, loaded.error);
  for (const warning of loaded.value.warnings) call.evaluation.report(warning);
  return loaded.value.id;
}

/**
 * Where the workspace lies that a build file means: in its project's folder, as with Meson. Where no manifest
 * lies there, Meson knows none; then it is the one that the nearest manifest above the build file belongs to.
 */
export function workspacePlace(call: Call): ProjectPlace {
  const { files } = call.evaluation.host;
  const project = placeOf(call);
  if (files.isFile(`${project.folder}/Cargo.toml`)) return project;
  const nearest = manifestAround(call);
  if (nearest === undefined) return project;
  const root = workspaceRootOf(files, nearest.folder) ?? nearest.folder;
  const below = pathBelow(project.folder, root);
  return below === undefined ? nearest : { folder: root, subdir: joinPath(project.subdir, below) };
}

/** The folder of the manifest beside the build file being read, or of the nearest above it in its project. */
export function manifestAround(call: Call): ProjectPlace | undefined {
  const { evaluation, scope } = call;
  const project = placeOf(call);
  const below = posix.relative(scope.rootDir, scope.subdir);
  for (let at = below; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const isOwn = at === '';
    const folder = isOwn ? project.folder : joinPath(project.folder, at);
    if (evaluation.host.files.isFile(`${folder}/Cargo.toml`))
      return { folder, subdir: isOwn ? project.subdir : joinPath(project.subdir, at) };
    if (isOwn) return undefined;
  }
}

/** Where the project being read lies. */
export function placeOf({ evaluation, scope }: Call): ProjectPlace {
  return {
    folder: normalPath(joinPath(evaluation.sourceRoot, scope.rootDir)),
    subdir: scope.buildRootDir,
  };
}

function worldOf(call: Call, folder: string): CargoWorld {
  const { evaluation } = call;
  return {
    files: evaluation.host.files,
    sourceRoot: folder,
    subprojects: evaluation.subprojectDir,
    lock: cargoLockOf(call, folder),
    isCross: evaluation.cross,
    platform: (machine) => platformOf(call, machine),
    providerOf: (name) => evaluation.wraps.dependencies.get(name.toLowerCase()),
    prepare: (subproject) => layOut(call, subproject),
  };
}

/** What rustc says of a machine. */
export function platformOf({ evaluation }: Call, machine: CrateMachine) {
  const choice = evaluation.cross ? machine : 'host';
  const toolchain = evaluation.tables.toolchains.get(choice)?.get('rust');
  const rules = toolchain && familyOf(toolchain).rust;
  const args = evaluation.options.find({
    name: 'rust_args',
    subproject: undefined,
    machine: choice,
  });
  const own = Array.isArray(args)
    ? args.filter((_arg, at) => args[at - 1] === '--cfg').map(String)
    : [];
  const cfgLines = [...(rules?.cfgs ?? []), ...own];
  return { cfgs: parseCfgSet(cfgLines), cfgLines, triple: rules?.target };
}

/** Lays a crate out. Wraps that it brings join those that are known. */
export function layOut(call: Call, name: string): ReturnType<CargoWorld['prepare']> {
  const { evaluation } = call;
  const { input, wraps } = evaluation;
  const subprojects = normalPath(joinPath(evaluation.sourceRoot, evaluation.subprojectDir));
  const fromWrap = wraps.packages.get(name)?.wrap !== undefined;
  const prepared = input.prepareSubproject?.({
    name,
    wraps,
    wrapMode: wrapModeOf(evaluation),
    subprojects,
  });
  if (prepared === undefined) {
    const folder = `${subprojects}/${name}`;
    if (!evaluation.host.files.isDirectory(folder))
      return err(plainError(`Subproject ${name} is not there.`));
    return ok<LaidSubproject>({
      folder,
      subdir: joinPath(evaluation.subprojectDir, name),
      fromWrap,
    });
  }
  if (!prepared.ok) return err(prepared.error.diagnostic);
  for (const path of prepared.value.inputs)
    evaluation.tables.buildFiles.set(path, { tree: 'source', path });
  const { directory, subdir } = prepared.value;
  return ok({ folder: directory, subdir, fromWrap });
}
