import type { ApiTarget } from '../file-api/code-model.ts';
import { languageOf, suffixOf } from '../languages.ts';
import type { BuildFunction, CmakeRow } from '../project.ts';
import { addedArguments } from './argument-units.ts';
import type { BuildDraft } from './drafts.ts';
import { targetName } from './target-names.ts';

/** How each kind of CMake's targets is declared. */
export const buildFunctions: ReadonlyMap<string, BuildFunction> = new Map([
  ['STATIC_LIBRARY', 'static_library'],
  ['MODULE_LIBRARY', 'shared_module'],
  ['SHARED_LIBRARY', 'shared_library'],
  ['EXECUTABLE', 'executable'],
  // Its objects are taken out of it again.
  ['OBJECT_LIBRARY', 'static_library'],
  ['INTERFACE_LIBRARY', 'header_only'],
]);

/** What the file API alone tells of a target. */
export function draftBuild(
  target: ApiTarget,
  row: CmakeRow,
  suffixLanguage: (suffix: string) => string | undefined,
): BuildDraft {
  const draft: BuildDraft = {
    kind: 'build',
    row,
    cmakeName: target.name,
    name: targetName(target.name),
    nameOnDisk: target.nameOnDisk,
    type: target.type,
    partOf: undefined,
    function: buildFunctions.get(target.type) ?? 'executable',
    artifacts: target.artifacts,
    isInstalled: target.isInstalled,
    installDir: target.installDir,
    linkLibraries: [...target.linkLibraries],
    linkFlags: [...target.linkFlags],
    publicLinkFlags: [],
    publicLibraries: [],
    publicNames: [],
    publicLinkWith: [],
    publicCompileArgs: [],
    linkNames: [],
    dependNames: [],
    depends: [],
    languages: new Set(),
    sources: [],
    generated: [],
    generatedBy: [],
    includes: [],
    systemIncludes: [],
    linkWith: [],
    objectLibraries: [],
    compileArgs: new Map(),
    overrideOptions: [],
    isPositionIndependent: false,
    version: undefined,
    soversion: undefined,
  };
  for (const group of target.groups) takeGroup(draft, group, suffixLanguage);
  return draft;
}

function takeGroup(
  draft: BuildDraft,
  group: ApiTarget['groups'][number],
  suffixLanguage: (suffix: string) => string | undefined,
): void {
  const { language } = group;
  if (language === undefined) {
    // Nothing compiles it: only headers, objects and generated files are of use to us.
    if (group.areGenerated) draft.generated.push(...group.sources);
    else
      draft.sources.push(
        ...group.sources.filter((source) => suffixLanguage(suffixOf(source)) === undefined),
      );
    return;
  }
  const languages = new Set([languageOf(language)]);
  for (const source of group.sources) {
    const found = suffixLanguage(suffixOf(source));
    if (found !== undefined) languages.add(found);
  }
  const args = [...group.flags, ...group.defines.map((define) => `-D${define}`)];
  for (const one of languages) {
    draft.languages.add(one);
    draft.compileArgs.set(one, [...addedArguments(draft.compileArgs.get(one) ?? [], args)]);
  }
  for (const { path, isSystem } of group.includes) {
    const list = isSystem ? draft.systemIncludes : draft.includes;
    if (!list.includes(path)) list.push(path);
  }
  (group.areGenerated ? draft.generated : draft.sources).push(...group.sources);
}
