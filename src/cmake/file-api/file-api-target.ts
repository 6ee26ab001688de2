import { posix } from 'node:path';
import { isPrecompiledHeader, withoutPrecompiledHeader } from '../targets/precompiled-header.ts';
import type { ApiTarget, SourceGroup } from './code-model.ts';
import { fragmentWords } from './command-fragment.ts';
import { fieldOf, itemsOf, type Json, numberOf, textField, textOf } from './json.ts';

/** Reads the file API's object of one target. */
export function readTarget(
  target: Json,
  { sourceDir, buildDir }: { readonly sourceDir: string; readonly buildDir: string },
): ApiTarget {
  const install = fieldOf(target, 'install');
  const prefix = textField(fieldOf(install, 'prefix'), 'path');
  const [destination] = itemsOf(fieldOf(install, 'destinations'));
  const link = itemsOf(fieldOf(fieldOf(target, 'link'), 'commandFragments'));
  const archive = itemsOf(fieldOf(fieldOf(target, 'archive'), 'commandFragments'));
  return {
    name: textField(target, 'name'),
    type: textField(target, 'type', 'EXECUTABLE').toUpperCase(),
    nameOnDisk: textField(target, 'nameOnDisk'),
    artifacts: itemsOf(fieldOf(target, 'artifacts')).map((one) =>
      posix.resolve(buildDir, textField(one, 'path')),
    ),
    isInstalled: install !== undefined,
    installDir:
      destination === undefined ? undefined : posix.resolve(prefix, textField(destination, 'path')),
    linkFlags: [...link.flatMap(linkFlags), ...archive.flatMap(flagsAlone)],
    linkLibraries: link
      .filter((one) => textField(one, 'role') === 'libraries')
      .flatMap((one) => fragmentWords(textField(one, 'fragment'))),
    groups: groupsOf(target, sourceDir),
  };
}

function linkFlags(fragment: Json): readonly string[] {
  const text = textField(fragment, 'fragment');
  switch (textField(fragment, 'role')) {
    case 'flags':
      return fragmentWords(text);
    case 'libraryPath':
      return fragmentWords(`-L${text}`);
    case 'frameworkPath':
      return fragmentWords(`-F${text}`);
    default:
      return [];
  }
}

function flagsAlone(fragment: Json): readonly string[] {
  return textField(fragment, 'role') === 'flags'
    ? fragmentWords(textField(fragment, 'fragment'))
    : [];
}

/** What stands behind no compile group is listed too: generated sources and the rest apart. */
function groupsOf(target: Json, sourceDir: string): readonly SourceGroup[] {
  const sources = itemsOf(fieldOf(target, 'sources'));
  const compiled = new Set<number>();
  const groups = itemsOf(fieldOf(target, 'compileGroups')).flatMap((group) => {
    const indexes = itemsOf(fieldOf(group, 'sourceIndexes')).flatMap((at) => numberOf(at) ?? []);
    for (const index of indexes) compiled.add(index);
    const members = indexes.flatMap((index) => sources[index] ?? []);
    return bothKinds(members, {
      language: textField(group, 'language', 'C'),
      flags: withoutPrecompiledHeader(
        itemsOf(fieldOf(group, 'compileCommandFragments')).flatMap((one) =>
          fragmentWords(textField(one, 'fragment')),
        ),
      ),
      defines: itemsOf(fieldOf(group, 'defines')).flatMap(
        (one) => textOf(fieldOf(one, 'define')) ?? [],
      ),
      includes: itemsOf(fieldOf(group, 'includes')).map((one) => ({
        path: posix.resolve(sourceDir, textField(one, 'path')),
        isSystem: fieldOf(one, 'isSystem') === true,
      })),
    });
  });
  const others = sources.filter((_source, index) => !compiled.has(index));
  return [
    ...groups,
    ...bothKinds(others, { language: undefined, flags: [], defines: [], includes: [] }),
  ];
}

function bothKinds(
  sources: readonly Json[],
  group: Omit<SourceGroup, 'sources' | 'areGenerated'>,
): readonly SourceGroup[] {
  return [false, true].flatMap((areGenerated) => {
    const paths = sources
      .filter((source) => (fieldOf(source, 'isGenerated') === true) === areGenerated)
      .flatMap((source) => textOf(fieldOf(source, 'path')) ?? [])
      .filter((path) => !isPrecompiledHeader(path));
    return paths.length === 0 ? [] : [{ ...group, sources: paths, areGenerated }];
  });
}
