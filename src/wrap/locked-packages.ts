import type { Host } from '../host/host.ts';
import type { LockedCrate } from '../model/locked-crate.ts';
import { join } from './paths.ts';
import type { Field, FileWrap, GitWrap } from './wrap-file.ts';
import { noWraps, type Package, type WrapSet } from './wrap-set.ts';

/**
 * Packages for the crates of a `Cargo.lock`, as if each had a wrap with `method = cargo`; rules in
 * `packagefiles/NAME` are laid over them. They give way to wraps of the same name: merge them last.
 */
export function lockedPackages(
  { files }: Pick<Host, 'files'>,
  subprojects: string,
  crates: readonly LockedCrate[],
): WrapSet {
  const packages = new Map<string, Package>();
  const dependencies = new Map<string, string>();
  const packageFiles = join(subprojects, 'packagefiles');
  for (const crate of crates) {
    const { name, directory, provides } = crate;
    const rules = files.isDirectory(join(packageFiles, name)) ? name : undefined;
    const wrap = wrapOf(crate, rules);
    const origin = 'project' as const;
    const redirectedFrom = undefined;
    packages.set(name, {
      name,
      wrap,
      directory,
      home: subprojects,
      packageFiles,
      origin,
      redirectedFrom,
    });
    for (const dependency of [name, ...provides])
      if (!dependencies.has(dependency.toLowerCase()))
        dependencies.set(dependency.toLowerCase(), name);
  }
  return { ...noWraps, packages, dependencies };
}

/** The wrap a crate could have; `rules` is the folder of `packagefiles` that is laid over it. */
function wrapOf(
  { name, directory, provides, from, place }: LockedCrate,
  rules: string | undefined,
): FileWrap | GitWrap {
  const field = (value: string): Field => ({ value, place });
  const base = {
    name,
    source: place.source,
    header: place,
    directory,
    directoryPlace: place,
    method: field('cargo'),
    patch: { filename: undefined, url: undefined, fallbackUrl: undefined, hash: undefined },
    patchDirectory: rules === undefined ? undefined : field(rules),
    diffFiles: [],
    provides: {
      dependencies: new Map([name, ...provides].map((one) => [one.toLowerCase(), undefined])),
      programs: [],
    },
    wrapdbVersion: undefined,
  };
  if (from.kind === 'git')
    return {
      ...base,
      kind: 'git',
      url: field(from.url),
      revision: field(from.revision),
      depth: undefined,
      pushUrl: undefined,
      // As Cargo does.
      cloneRecursive: true,
      heedsUpdateNone: true,
    };
  return {
    ...base,
    kind: 'file',
    archive: {
      filename: field(`${directory}.crate`),
      url: undefined,
      fallbackUrl: undefined,
      hash: field(from.sha256),
    },
    leadDirectoryMissing: false,
    crate: { name: from.crate, version: from.version, place },
  };
}
