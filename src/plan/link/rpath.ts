import { dirname, isAbsolute, normalize, relative } from 'node:path/posix';
import { flatFolder } from '../../model/target.ts';
import { languagesUsingLdflags } from '../../toolchains/languages.ts';
import { rpathsIn } from '../../toolchains/linkers/rpath.ts';
import type { LinkRules } from '../../toolchains/rules.ts';
import { familyFor } from '../compile/compile-units.ts';
import { factsOf, findOption, globalListOption, machineOf, type PlanContext } from '../context.ts';
import { inSource } from '../paths.ts';
import { buildTarget, resolveTarget } from '../resolve-target.ts';
import type { External, ResolvedTarget } from '../resolved-target.ts';
import { sharedLibraryFolders } from './link-closure.ts';

/** Arguments by which a program finds its shared libraries in the build tree; notes what installing removes. */
export function rpathArgs(
  context: PlanContext,
  resolved: ResolvedTarget,
  link: LinkRules,
): readonly string[] {
  const { target } = resolved;
  const folders = new Set([
    ...ownFolders(context, resolved),
    ...externalFolders(context, resolved),
  ]);
  const { args, removedAtInstall } = link.rpath({
    buildRoot: context.paths.buildRoot,
    from: target.buildSubdir,
    folders: [...folders],
    buildRpath: target.buildRpath,
    installRpath: target.installRpath,
  });
  factsOf(context, resolved.id).rpathToRemove = removedAtInstall;
  return args;
}

/** In a flat layout all libraries are in one folder but for those with a `build_subdir`; Meson forgets these. */
function ownFolders(context: PlanContext, resolved: ResolvedTarget): Iterable<string> {
  const flat = findOption(context, { name: 'layout' }) === 'flat';
  const folders = sharedLibraryFolders(context, resolved.id);
  return flat ? [flatFolder, ...folders] : folders;
}

/** Folders of shared libraries that were found outside the system's own folders. */
function externalFolders(context: PlanContext, resolved: ResolvedTarget): readonly string[] {
  const known = externalOf.get(resolved);
  if (known !== undefined) return known;
  // Set before the libraries are asked, so that a cycle of links would end.
  externalOf.set(resolved, []);
  const folders = gatherFolders(context, resolved);
  externalOf.set(resolved, folders);
  return folders;
}

const externalOf = new WeakMap<ResolvedTarget, readonly string[]>();

function gatherFolders(context: PlanContext, resolved: ResolvedTarget): readonly string[] {
  const folders = new Set<string>();
  const named = rpathsIn(
    languagesUsingLdflags.flatMap((language) =>
      globalListOption(context, `${language}_link_args`, machineOf(context, resolved.target)),
    ),
  );
  const system = systemFolders(context, resolved);
  for (const dependency of resolved.external) {
    if (['library', 'pkgconfig', 'cmake'].includes(dependency.type))
      for (const folder of libraryFolders(context, dependency))
        if (!named.has(folder) && !system.has(normalize(folder))) folders.add(folder);
    for (const folder of rpathsIn(dependency.linkArgs)) folders.delete(folder);
  }
  for (const item of [...resolved.linkWith, ...resolved.linkWhole]) {
    if (buildTarget(context, item.target) === undefined) continue;
    for (const folder of externalFolders(context, resolveTarget(context, item.target)))
      folders.add(folder);
  }
  return [...folders];
}

function libraryFolders(context: PlanContext, { linkArgs }: External): readonly string[] {
  const { sourceRoot } = context.paths;
  return linkArgs
    .filter((arg) => isAbsolute(arg) && /\.(dll|lib|so|dylib)$|\.so\./.test(arg))
    .map((arg) => dirname(arg))
    .map((folder) =>
      folder === sourceRoot || folder.startsWith(`${sourceRoot}/`)
        ? inSource(context.paths, relative(sourceRoot, folder))
        : folder,
    );
}

/** Where the compilers look anyway. */
function systemFolders(context: PlanContext, resolved: ResolvedTarget): ReadonlySet<string> {
  const folders = resolved.languages.flatMap((language) =>
    (familyFor(context, resolved.target, language)?.toolchain.facts['library-folders'] ?? '').split(
      ':',
    ),
  );
  return new Set(folders.filter((folder) => folder !== '').map((folder) => normalize(folder)));
}
