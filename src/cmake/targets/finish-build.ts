import { posix } from 'node:path';
import { assemblerSuffixes, headerSuffixes, objectSuffixes } from '../../toolchains/languages.ts';
import { evaluateList } from '../generator-expression.ts';
import { suffixOf } from '../languages.ts';
import { type ProjectPlaces, pathInside, placedPath } from '../place-path.ts';
import type { Trace } from '../trace/trace-facts.ts';
import type { BuildDraft } from './drafts.ts';
import { isLinkable, type LinkWorld, linkClosure, publicLinks } from './link-closure.ts';
import type { TargetMap } from './target-map.ts';

export interface BuildWorld {
  readonly map: TargetMap;
  readonly places: ProjectPlaces;
  readonly trace: Trace;
  readonly link: LinkWorld;
  readonly installPrefix: string;
  /** Values of `c_std` and `cpp_std`. */
  readonly standards: (language: string) => readonly string[];
  readonly suffixLanguage: (suffix: string) => string | undefined;
  readonly warn: (message: string) => void;
}

/** Puts what the trace tells into a target, and what the file API tells into our own words. */
export function finishBuild(draft: BuildDraft, world: BuildWorld): void {
  for (const language of ['c', 'cpp']) readArguments(draft, language, world);
  if (draft.type === 'OBJECT_LIBRARY') draft.isPositionIndependent = true;
  takeTrace(draft, world);
  takeLinks(draft, world);
  placePaths(draft, world);
  takeGenerated(draft, world);
  const { installDir } = draft;
  if (installDir !== undefined && posix.isAbsolute(installDir)) {
    const below = pathInside(world.places.files, world.installPrefix, installDir);
    draft.installDir = below ?? installDir;
  }
  draft.linkFlags = frameworks(draft.linkFlags.filter(isOwnFlag), world);
  draft.linkLibraries = frameworks(draft.linkLibraries, world);
  for (const name of draft.dependNames) {
    const target = world.map.target(name);
    if (target !== undefined) draft.depends.push(target.row);
  }
}

/** Warnings are the business of the project around, and so is optimization. */
const ignoredFlags = new Set([
  ...['-Wall', '-Wextra', '-Weverything', '-Werror', '-Wpedantic', '-pedantic', '-w'],
]);

function isOwnFlag(flag: string): boolean {
  return !ignoredFlags.has(flag);
}

function readArguments(draft: BuildDraft, language: string, world: BuildWorld): void {
  const args = draft.compileArgs.get(language);
  if (args === undefined) return;
  const kept: string[] = [];
  for (const arg of args) {
    const standard = /^(?:--?std=|\/std:v?|--?std:)(.*)/.exec(arg)?.[1];
    if (standard !== undefined) takeStandard(draft, { language, standard }, world);
    else if (['-fPIC', '-fpic', '-fPIE', '-fpie'].includes(arg)) draft.isPositionIndependent = true;
    else if (!ignoredFlags.has(arg)) {
      // A generated file may be named in a flag: `-include generated.h`.
      if (posix.isAbsolute(arg) && world.map.exactOutput(arg) !== undefined)
        draft.generated.push(arg);
      kept.push(arg);
    }
  }
  draft.compileArgs.set(language, kept);
}

function takeStandard(
  draft: BuildDraft,
  { language, standard }: { readonly language: string; readonly standard: string },
  { standards, warn }: BuildWorld,
): void {
  const known = standards(language);
  if (known.includes(standard)) draft.overrideOptions.push(`${language}_std=${standard}`);
  else
    warn(
      `Unknown ${language}_std "${standard}" -> Ignoring. Try setting the project-level ${language}_std if build errors occur. Known ${language}_stds are: ${known.join(' ')}`,
    );
}

function takeTrace(draft: BuildDraft, { trace, link, warn }: BuildWorld): void {
  const target = trace.targets.get(draft.cmakeName);
  if (target !== undefined) {
    const list = (property: string): readonly string[] =>
      evaluateList(target.properties.get(property) ?? [], link, target);
    draft.dependNames.push(...evaluateList(target.depends, link, target));
    if (draft.type !== 'EXECUTABLE') [draft.version] = list('VERSION');
    if (draft.type !== 'EXECUTABLE') [draft.soversion] = list('SOVERSION');
  }
  if (isLinkable(target)) {
    const closure = linkClosure(draft.cmakeName, link);
    draft.includes.push(...closure.includes);
    draft.linkFlags.push(...closure.publicLinkFlags);
    draft.publicLinkFlags.push(...closure.publicLinkFlags);
    draft.publicCompileArgs.push(...closure.publicCompileArgs);
    draft.linkLibraries.push(...closure.libraries);
    draft.dependNames.push(...closure.named);
    draft.linkNames.push(...closure.named);
    const links = publicLinks(draft.cmakeName, link);
    draft.publicLibraries.push(...links.libraries);
    draft.publicNames.push(...links.named);
  } else if (target === undefined && !['EXECUTABLE', 'OBJECT_LIBRARY'].includes(draft.type))
    warn(
      `CMake: Target ${draft.cmakeName} not found in CMake trace. This can lead to build errors`,
    );
}

/** Libraries of the project are linked as targets, and they bring their own run paths. */
function takeLinks(draft: BuildDraft, { map }: BuildWorld): void {
  const others: string[] = [];
  for (const word of draft.linkLibraries) {
    if (word.includes(',-rpath,')) continue;
    const made = posix.isAbsolute(word) || word.startsWith('-') ? undefined : map.artifact(word);
    if (made !== undefined) draft.linkWith.push(made.row);
    else others.push(word);
  }
  draft.linkLibraries = others;
}

function placePaths(draft: BuildDraft, world: BuildWorld): void {
  const { places, suffixLanguage } = world;
  const isKnown = (path: string): boolean => {
    const suffix = suffixOf(path);
    return (
      [...assemblerSuffixes, ...headerSuffixes, ...objectSuffixes].includes(suffix) ||
      draft.languages.has(suffixLanguage(suffix) ?? '')
    );
  };
  const placed = (paths: readonly string[], how: Parameters<typeof placedPath>[2]): string[] => [
    ...new Set(paths.flatMap((path) => placedPath(path, places, how) ?? [])),
  ];
  draft.generated = placed(
    draft.generated.filter((path) => !path.endsWith('.rule')),
    { isGenerated: true },
  );
  draft.includes = placed(draft.includes, { isInclude: true });
  draft.systemIncludes = placed(draft.systemIncludes, { isInclude: true });
  draft.sources = placed(draft.sources.filter(isKnown), {});
  if (!draft.includes.includes('.')) draft.includes.push('.');
}

function takeGenerated(draft: BuildDraft, { map, places, warn }: BuildWorld): void {
  const rest: string[] = [];
  for (const path of draft.generated) {
    const output = map.output(path, places.projectDir);
    const isObject = objectSuffixes.includes(suffixOf(path));
    if (
      output === undefined &&
      (isObject || places.files.exists(posix.resolve(places.projectDir, path)))
    )
      rest.push(path);
    else if (output === undefined)
      warn(
        `CMake: nothing that is known here makes ${path}, a source of target ${draft.cmakeName}. It is left out. This can lead to build errors.`,
      );
    else if (
      !draft.generatedBy.some((one) => one.row === output.row && one.output === output.output)
    )
      draft.generatedBy.push(output);
  }
  draft.generated = rest;
}

function frameworks(args: readonly string[], { places }: BuildWorld): string[] {
  return args.flatMap((arg) =>
    arg.endsWith('.framework') && places.files.exists(arg)
      ? ['-framework', posix.basename(arg, '.framework')]
      : [arg],
  );
}

/** Finds the object libraries whose objects a target takes, by the names of the objects. */
export function takeObjects(draft: BuildDraft, libraries: readonly BuildDraft[]): void {
  const isObject = (path: string): boolean => objectSuffixes.includes(suffixOf(path));
  const objects = draft.generated.filter(isObject);
  draft.generated = draft.generated.filter((path) => !isObject(path));
  if (objects.length === 0) return;
  for (const library of libraries) {
    const isOf = (path: string): boolean => path.includes(`/${library.cmakeName}.dir/`);
    if (!objects.some(isOf) || draft.objectLibraries.includes(library.row)) continue;
    // Its parts, where it has some, are object libraries that it takes itself.
    draft.objectLibraries.push(library.row, ...library.objectLibraries);
    draft.includes = [...new Set([...draft.includes, ...library.includes])];
  }
}
