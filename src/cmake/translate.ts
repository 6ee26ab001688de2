import { posix } from 'node:path';
import { headerSuffixes } from '../toolchains/languages.ts';
import type { ApiTarget, CodeModel } from './file-api/code-model.ts';
import { suffixOf } from './languages.ts';
import type { ProjectPlaces } from './place-path.ts';
import type { CmakeBuildTarget, CmakeProject, CmakeRow, CmakeTarget } from './project.ts';
import { buildFunctions, draftBuild } from './targets/draft-build.ts';
import { draftCustom } from './targets/draft-custom.ts';
import type { BuildDraft, CustomDraft, Draft } from './targets/drafts.ts';
import { finishBuild, takeObjects } from './targets/finish-build.ts';
import { finishCustom, throughInterfaces } from './targets/finish-custom.ts';
import type { LinkWorld } from './targets/link-closure.ts';
import { splitTarget } from './targets/split-target.ts';
import { aliased } from './targets/target-alias.ts';
import { TargetMap } from './targets/target-map.ts';
import type { Trace } from './trace/trace-facts.ts';

/** What a translation needs to know beside what CMake told. */
export interface TranslateWorld {
  readonly places: ProjectPlaces;
  readonly installPrefix: string;
  readonly link: Omit<LinkWorld, 'targets' | 'artifact'>;
  readonly standards: (language: string) => readonly string[];
  /** The language of a source's suffix. */
  readonly suffixLanguage: (suffix: string) => string | undefined;
  /** Names for what has none of its own; no two in a build. */
  readonly nextCustomName: () => string;
  readonly nextOutput: () => string;
  readonly runner: readonly string[];
}

/**
 * Turns a configured CMake project into our own terms. The file API knows how each source is
 * compiled and each target linked; the trace knows what the file API does not tell: custom commands,
 * explicit dependencies, and what a target asks of those that link it.
 */
export function translate(model: CodeModel, trace: Trace, world: TranslateWorld): CmakeProject {
  const artifacts = new Map(model.targets.map((one) => [one.name, one.artifacts[0]]));
  const link: LinkWorld = {
    ...world.link,
    targets: trace.targets,
    artifact: (name) => artifacts.get(aliased(trace, name)),
  };
  const drafts = draftAll(model, trace, { ...world, link });
  const builds = drafts.filter((draft): draft is BuildDraft => draft.kind === 'build');
  const customs = drafts.filter((draft): draft is CustomDraft => draft.kind === 'custom');
  const map = new TargetMap(model.buildDir, drafts);
  const taken = new Set<string>();
  const { isDebug } = world.link;
  const emptyHeader = headerNames(builds, customs, world);
  for (const custom of customs)
    finishCustom(custom, { ...world, map, trace, isDebug, taken, emptyHeader });
  for (const build of builds) finishBuild(build, { ...world, map, trace, link, warn: link.warn });
  const objects = builds.filter((build) => build.type === 'OBJECT_LIBRARY');
  for (const build of builds) {
    const named = (name: string): Draft | undefined => map.target(aliased(trace, name));
    for (const name of build.linkNames) linkTarget(build, named(name), build.linkWith);
    if (build.function === 'shared_library' || build.function === 'header_only')
      for (const name of build.publicNames) linkTarget(build, named(name), build.publicLinkWith);
    takeObjects(build, objects);
  }
  for (const build of builds) takeFromWhole(build, drafts);
  // All are read before any is changed.
  const depends = drafts.map((draft) => throughInterfaces(draft.depends, drafts));
  for (const [at, draft] of drafts.entries())
    draft.depends =
      draft.kind === 'build' && draft.function === 'header_only' ? [] : (depends[at] ?? []);
  return {
    name: model.projectName,
    version: model.projectVersion,
    languages: [...new Set(builds.flatMap((build) => [...build.languages]))],
    rows: drafts.map(finished),
  };
}

/** `NAME.h`, unless a header of that name can be included: an empty one would hide it. */
function headerNames(
  builds: readonly BuildDraft[],
  customs: readonly CustomDraft[],
  { places }: TranslateWorld,
): (name: string) => string {
  const folders = new Set(builds.flatMap(({ includes }) => includes));
  const made = new Set(customs.flatMap(({ outputs }) => outputs));
  return (name) => {
    const header = `${name}.h`;
    const isTaken =
      made.has(header) || [...folders].some((folder) => places.files.exists(`${folder}/${header}`));
    return isTaken ? `${name}_done.h` : header;
  };
}

/** A part waits for all that the whole target waits for, and sees its folders. */
function takeFromWhole(part: BuildDraft, drafts: readonly Draft[]): void {
  const whole = part.partOf === undefined ? undefined : drafts[part.partOf];
  if (whole?.kind !== 'build') return;
  part.depends = [...whole.depends];
  for (const one of whole.generatedBy) {
    const maker = drafts[one.row];
    const file = maker?.kind === 'custom' ? (maker.outputs[one.output] ?? '') : '';
    const isKnown = part.generatedBy.some(
      ({ row, output }) => row === one.row && output === one.output,
    );
    if (headerSuffixes.includes(suffixOf(file)) && !isKnown) part.generatedBy.push(one);
  }
}

const linked: ReadonlySet<string> = new Set(['static_library', 'shared_library']);

function linkTarget(build: BuildDraft, other: Draft | undefined, into: CmakeRow[]): void {
  // Objects of object libraries are taken one by one; programs and modules are not linked.
  if (other?.kind !== 'build' || other.type === 'OBJECT_LIBRARY' || other.row === build.row) return;
  if (!linked.has(other.function) || into.includes(other.row)) return;
  into.push(other.row);
}

function draftAll(
  model: CodeModel,
  trace: Trace,
  world: TranslateWorld & { readonly link: LinkWorld },
): readonly Draft[] {
  const drafts: Draft[] = [];
  const names = new Set<string>();
  // The length of a list is the row of what comes next.
  const row = (): CmakeRow => drafts.length as CmakeRow;
  const add = (target: ApiTarget): void => {
    if (names.has(target.name) || !buildFunctions.has(target.type)) return;
    names.add(target.name);
    const { main, parts } = splitTarget(target);
    const whole = draftBuild(main, row(), world.suffixLanguage);
    drafts.push(whole);
    for (const part of parts) {
      const draft = draftBuild(part, row(), world.suffixLanguage);
      draft.partOf = whole.row;
      whole.objectLibraries.push(draft.row);
      drafts.push(draft);
    }
  };
  for (const target of model.targets) add(target);
  // The file API leaves out interface libraries that nothing is built for.
  for (const { name, type, imported } of trace.targets.values())
    if (type === 'INTERFACE' && !imported) add(interfaceTarget(name));
  const wanted = new Set(
    model.targets
      .flatMap(({ groups }) => groups)
      .flatMap(({ sources, areGenerated }) => (areGenerated ? sources : []))
      .map((path) => posix.resolve(model.sourceDir, path)),
  );
  for (const command of trace.customCommands)
    drafts.push(
      draftCustom(command, row(), {
        expressions: world.link,
        directories: model.directories,
        wanted,
        nextName: world.nextCustomName,
      }),
    );
  return drafts;
}

function interfaceTarget(name: string): ApiTarget {
  return {
    name,
    type: 'INTERFACE_LIBRARY',
    nameOnDisk: '',
    artifacts: [],
    isInstalled: false,
    installDir: undefined,
    linkFlags: [],
    linkLibraries: [],
    groups: [],
  };
}

function finished(draft: Draft): CmakeTarget {
  if (draft.kind === 'custom') {
    const { name, cmakeName, outputs, originals, commands, workingDirectory } = draft;
    const { inputs, depends, command, depfile, binaryDir } = draft;
    return {
      kind: 'custom',
      name,
      cmakeName,
      outputs,
      originals,
      commands,
      workingDirectory,
      inputs,
      depends,
      depfile,
      binaryDir,
      place: command.place,
    };
  }
  return finishedBuild(draft);
}

function finishedBuild(draft: BuildDraft): CmakeBuildTarget {
  const linkArgs = [...draft.linkFlags, ...draft.linkLibraries];
  const isWhole = draft.function === 'static_library' || draft.function === 'header_only';
  return {
    kind: 'build',
    name: draft.name,
    cmakeName: draft.cmakeName,
    function: draft.function,
    isPart: draft.partOf !== undefined,
    sources: [...draft.sources, ...draft.generated],
    generatedBy: draft.generatedBy,
    includes: draft.includes,
    systemIncludes: draft.systemIncludes,
    compileArgs: draft.compileArgs,
    linkArgs,
    publicCompileArgs: draft.publicCompileArgs,
    // A static library is linked where its users are; a shared one was linked already.
    publicLinkArgs: isWhole ? linkArgs : [...draft.publicLinkFlags, ...draft.publicLibraries],
    linkWith: draft.linkWith,
    publicLinkWith: draft.publicLinkWith,
    objectLibraries: draft.objectLibraries,
    depends: draft.depends,
    overrideOptions: draft.overrideOptions,
    isPositionIndependent: draft.isPositionIndependent,
    version: draft.version,
    soversion: draft.soversion,
    isInstalled: draft.isInstalled,
    installDir: draft.installDir,
  };
}
