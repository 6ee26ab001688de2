import { dirname } from 'node:path/posix';
import type { BuildTarget, LinkItem } from '../../../model/target.ts';
import { sourceKind } from '../../../toolchains/languages.ts';
import type { Family, RustRules } from '../../../toolchains/rules.ts';
import type { PlanContext } from '../../context.ts';
import { targetOptions } from '../../context.ts';
import { inputFiles } from '../../link/extracted-objects.ts';
import { libraryWords } from '../../link/library-words.ts';
import { standardLibraries } from '../../link/link-arguments.ts';
import { hasRustAbi, linkableFile, linkClosure } from '../../link/link-closure.ts';
import { linkedDependencies, linkInput } from '../../link/link-inputs.ts';
import { rpathArgs } from '../../link/rpath.ts';
import { absolutePath, targetFile } from '../../paths.ts';
import { buildTarget } from '../../resolve-target.ts';
import type { ResolvedTarget } from '../../resolved-target.ts';
import { linkedAlong } from '../linked-along.ts';
import { dependencyName } from './crate-name.ts';
import { crateOutput } from './units/crate-output.ts';

/** What a crate links: arguments for rustc, and the files whose change asks for compiling again. */
export interface CrateLinks {
  readonly args: readonly string[];
  readonly inputs: readonly string[];
  /** Crates named in the source. */
  readonly crates: readonly { readonly target: BuildTarget; readonly name: string }[];
}

interface Linking {
  readonly context: PlanContext;
  readonly resolved: ResolvedTarget;
  readonly rust: RustRules;
  readonly family: Family;
  /** Folders for `-L`, in the order they turn up. */
  readonly folders: Set<string>;
}

/**
 * What rustc is told to link a target of Meson's with: `--extern` and `-L` for crates, `-Clink-arg` for
 * all else, in the order of the link line.
 */
export function crateLinks(
  context: PlanContext,
  resolved: ResolvedTarget,
  { family, objects }: { readonly family: Family; readonly objects: readonly string[] },
): CrateLinks {
  const { rust } = family;
  if (rust === undefined) return { args: [], inputs: [], crates: [] };
  const linking: Linking = { context, resolved, rust, family, folders: new Set() };
  const closure = linkClosure(context, resolved.id);
  const args = objects.map((object) => `-Clink-arg=${object}`);
  const crates: CrateLinks['crates'][number][] = [];
  for (const item of closure) {
    linking.folders.add(context.model.targets.get(item.target).buildSubdir);
    const library = buildTarget(context, item.target);
    if (library !== undefined && hasRustAbi(library)) {
      if (!isDirect(resolved, item)) continue;
      const name = dependencyName(resolved.target, library);
      args.push('--extern', `${name}=${targetFile(library)}`);
      crates.push({ target: library, name });
    } else args.push(...nativeLibrary(linking, item));
  }
  for (const dependency of linkedDependencies(context, resolved))
    args.push(...externalArgs(linking, dependency.linkArgs));
  args.push(...[...linking.folders].map((folder) => `-L${folder || '.'}`));
  const along = linkedAlong(context, closure);
  args.push(...along.map((file) => `-Clink-arg=@${absolutePath(context.paths, file)}`));
  const runtime = standardLibraries(context, resolved, family.toolchain.language);
  args.push(...runtime.map((arg) => `-Clink-arg=${arg}`));
  args.push(...dynamicArgs(linking, closure));
  return {
    args,
    inputs: [
      ...objects,
      ...resolved.target.linkDepends.flatMap((item) => inputFiles(context, resolved.target, item)),
      ...closure.flatMap((item) => linkInput(context, item) ?? []),
      ...along,
    ],
    crates,
  };
}

function isDirect({ linkWith, linkWhole }: ResolvedTarget, item: LinkItem): boolean {
  return [...linkWith, ...linkWhole].some(({ target }) => target === item.target);
}

/** A library of the C world. Crates that are no programs yet note it; programs hand it to the linker. */
function nativeLibrary(linking: Linking, item: LinkItem): readonly string[] {
  const { context, resolved, rust, family } = linking;
  const path = linkableFile(context, item);
  if (path === undefined) return [];
  const whole = resolved.linkWhole.some(({ target }) => target === item.target);
  const { type } = resolved.target;
  if (type === 'static-library' || (type === 'executable' && rust.staticCrt)) {
    const isStatic = buildTarget(context, item.target)?.type === 'static-library';
    return notedLibrary(linking, path, { isStatic, bundle: whole });
  }
  const files = whole
    ? (family.link?.whole([path]) ?? [path])
    : libraryWords(context, item, family.link ?? {});
  return files.map((file) => `-Clink-arg=${file}`);
}

/** `-l`: rustc looks for the file in the folders of `-L`, and archives it into the crate where `bundle` says so. */
function notedLibrary(
  { rust, folders }: Linking,
  path: string,
  { isStatic, bundle }: { readonly isStatic: boolean; readonly bundle: boolean },
): readonly string[] {
  const slash = path.lastIndexOf('/');
  folders.add(slash === -1 ? '' : path.slice(0, slash));
  const file = path.slice(slash + 1);
  const modifiers = [
    ...(isStatic && !bundle ? ['-bundle'] : []),
    ...(rust.verbatim ? ['+verbatim'] : []),
  ];
  const name = rust.verbatim ? file : (rust.libraryName(file) ?? file);
  const kind = isStatic ? 'static' : 'dylib';
  return [`-l${[kind, modifiers.join(',')].filter((part) => part !== '').join(':')}=${name}`];
}

/** Link arguments of a dependency as rustc takes them. */
function externalArgs(linking: Linking, linkArgs: readonly string[]): readonly string[] {
  const isArchive = linking.resolved.target.type === 'static-library';
  return linkArgs.flatMap((arg, at) => {
    if (linkArgs[at - 1] === '-framework') return [`-lframework=${arg}`];
    if (arg === '-framework') return [];
    if (arg.startsWith('-L')) return [arg];
    if (arg.startsWith('-F')) return [`-Lframework=${arg.slice(2)}`];
    if (sourceKind(arg).kind === 'library') {
      const isStatic = /\.(a|lib)$/.test(arg);
      if (isArchive) return notedLibrary(linking, arg, { isStatic, bundle: false });
      const folder = dirname(arg);
      linking.folders.add(folder === '.' ? '' : folder);
    }
    return [`-Clink-arg=${arg}`];
  });
}

/** Whether the standard library is linked dynamically, and where it and shared crates are found at run time. */
function dynamicArgs(linking: Linking, closure: readonly LinkItem[]): readonly string[] {
  const { context, resolved, family } = linking;
  const crateType = resolved.target.rust?.crateType;
  const libraries = closure.map(({ target }) => buildTarget(context, target));
  const shared = libraries.filter(
    (library) => library?.type === 'shared-library' || library?.type === 'shared-module',
  );
  const dynamic =
    crateType === 'dylib' ||
    crateType === 'proc-macro' ||
    targetOptions(context, resolved.target)('rust_dynamic_std') === true ||
    shared.some((library) => library?.rust?.crateType === 'dylib');
  const isShared =
    dynamic || shared.length > 0 || closure.some((item) => crateOutput(context, item)?.isShared);
  const rpath = isShared && family.link ? rpathArgs(context, resolved, family.link) : [];
  return [...(dynamic ? ['-C', 'prefer-dynamic'] : []), ...rpath];
}
