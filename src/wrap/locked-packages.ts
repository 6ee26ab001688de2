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
    const hasRules = files.isDirectory(join(packageFiles, name));
    const wrap = wrapOf(crate, hasRules);
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

function wrapOf(
  { name, directory, provides, from, place }: LockedCrate,
  hasRules: boolean,
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
    patchDirectory: hasRules ? field(name) : undefined,
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
