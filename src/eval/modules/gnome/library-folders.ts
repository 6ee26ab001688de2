import { dirname, isAbsolute, normalize, relative } from 'node:path/posix';
import type { TargetId } from '../../../model/target.ts';
import { rpathsIn } from '../../../toolchains/linkers/rpath.ts';
import type { Call } from '../../call.ts';
import { toolchainOf } from '../../languages/add-languages.ts';
import { gathered } from '../../targets/build/gathered.ts';
import { buildRow, externalDependencies, sharedLibraries, targetFolder } from './closure.ts';
import { textsOption } from './language-flags.ts';

/** The folders of all libraries that a shared library needs. */
export function runtimeFolders(call: Call, id: TargetId): ReadonlySet<string> {
  const others = sharedLibraries(call, [id]).filter((one) => one !== id);
  return new Set([...others.map((one) => targetFolder(call, one)), ...libraryFolders(call, id)]);
}

/**
 * Where shared libraries of the machine lie that a target needs, but for folders where its compilers look
 * anyway: what runs the target must find them, as the target does by its rpath.
 */
function libraryFolders(call: Call, id: TargetId, seen = new Set<TargetId>()): Set<string> {
  const folders = new Set<string>();
  const row = buildRow(call, id);
  if (row === undefined || seen.has(id)) return folders;
  seen.add(id);
  const { tables } = call.evaluation;
  const told = rpathsIn(textsOption(call, 'c_link_args'));
  const system = systemFolders(call, row.languages);
  for (const external of externalDependencies(call, row.dependencies)) {
    const dependency = tables.dependencies.get(external);
    if (dependency.kind === 'not-found') continue;
    if (['library', 'pkgconfig', 'cmake'].includes(dependency.type))
      for (const folder of dependency.linkArgs.filter(isSharedFile).map(dirname))
        if (!told.has(folder) && !system.has(normalize(folder))) folders.add(named(call, folder));
    for (const folder of rpathsIn(dependency.linkArgs)) folders.delete(folder);
  }
  const brought = gathered(tables, row.dependencies);
  for (const { target } of [
    ...[...row.linkWith, ...brought.linkWith],
    ...[...row.linkWhole, ...brought.linkWhole],
  ])
    for (const folder of libraryFolders(call, target, seen)) folders.add(folder);
  return folders;
}

function isSharedFile(arg: string): boolean {
  return isAbsolute(arg) && /\.so$|\.so\.|\.dylib$/.test(arg);
}

/** Those of the project are named from the build directory. */
function named({ evaluation }: Call, folder: string): string {
  const { sourceRoot, buildRoot } = evaluation;
  const isOwn = folder === sourceRoot || folder.startsWith(`${sourceRoot}/`);
  return isOwn ? `${buildRoot}/${relative(buildRoot, folder)}` : folder;
}

function systemFolders(call: Call, languages: readonly string[]): ReadonlySet<string> {
  // A library that is made of others alone is linked as they are.
  const all = call.evaluation.tables.toolchains.get('host')?.keys() ?? [];
  const folders = (languages.length > 0 ? languages : [...all]).flatMap((language) =>
    (toolchainOf(call, language, 'host')?.facts['library-folders'] ?? '').split(':'),
  );
  return new Set(folders.filter((folder) => folder !== '').map((folder) => normalize(folder)));
}
