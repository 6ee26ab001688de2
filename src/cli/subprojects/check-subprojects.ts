import { posix } from 'node:path';
import { dependencyName } from '../../cargo/crate-abi.ts';
import { checkLock } from '../../cargo/lock/check-lock.ts';
import type { CargoLock } from '../../cargo/lock/lock.ts';
import { type Diagnostic, errorAt, type Place, plainError } from '../../diag/diagnostic.ts';
import type { Files } from '../../host/host.ts';
import { crateOfWrap } from '../../wrap/crate-of-wrap.ts';
import { readRecord } from '../../wrap/record.ts';
import type { Package } from '../../wrap/wrap-set.ts';
import { checkRules } from './check-rules.ts';
import type { SubprojectPromises } from './subproject-promises.ts';

/**
 * Every difference between a project's locks, wraps and rules, each with the lines that differ; wraps
 * and rules that nothing needs; hashes that are not there.
 */
export function checkSubprojects(files: Files, all: SubprojectPromises): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const made of ownPackages(all)) {
    found.push(...checkHashes(made), ...checkCrate(made, all), ...checkPatches(files, made, all));
    found.push(...checkRules(files, made, all));
  }
  for (const lock of all.locks) found.push(...checkChecksums(lock));
  found.push(...checkOrphanedRules(files, all));
  return found;
}

/** Packages whose wraps lie in the project's own folder. */
function ownPackages({ wraps, folder }: SubprojectPromises): readonly Package[] {
  return [...wraps.packages.values()]
    .filter(({ wrap, home }) => wrap !== undefined && home === folder)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The same as a warning: what is odd does not keep anyone from building. */
export function asWarning(diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, severity: 'warning' };
}

function checkHashes({ wrap, name }: Package): readonly Diagnostic[] {
  if (wrap === undefined) return [];
  const missing = (place: Place, key: string): Diagnostic =>
    errorAt(
      place,
      `${name}.wrap has no ${key}`,
      'What is fetched is never used without one: "sha256sum FILE" tells it.',
    );
  const found: Diagnostic[] = [];
  if (wrap.kind === 'file' && wrap.archive.hash === undefined) {
    const needs = wrap.crate?.place ?? wrap.archive.url?.place;
    if (needs !== undefined) found.push(missing(needs, 'source_hash'));
  }
  if (wrap.patch.url !== undefined && wrap.patch.hash === undefined)
    found.push(missing(wrap.patch.url.place, 'patch_hash'));
  return found;
}

/** A crate's wrap against the locks: it must be that of one of them. */
function checkCrate({ wrap, name }: Package, { locks }: SubprojectPromises): readonly Diagnostic[] {
  const crate = wrap && crateOfWrap(wrap);
  if (crate === undefined) return [];
  const named: Diagnostic[] = [];
  const meant = dependencyName(crate.name, crate.version);
  if (name !== meant && name.startsWith(`${crate.name}-`))
    named.push(
      asWarning(
        errorAt(
          crate.place,
          `${name}.wrap brings ${crate.name} ${crate.version}, which is ${meant}`,
        ),
      ),
    );
  if (locks.length === 0) return named;
  const results = locks.map((lock) => ({
    lock,
    knows: lock.packages.some((each) => each.name === crate.name),
    found: checkLock([crate], lock),
  }));
  if (results.some(({ found }) => found.length === 0)) return named;
  const [known] = results.filter(({ knows }) => knows);
  if (known !== undefined) return [...named, ...known.found];
  const where = locks.map(({ source }) => source.path).join(', ');
  return [
    ...named,
    asWarning(
      errorAt(
        crate.place,
        `${crate.name} ${crate.version} has a wrap, but is not in ${where}`,
        `Nothing needs ${name}.wrap: remove it, or "kaon add ${crate.name}".`,
      ),
    ),
  ];
}

/** What a wrap wants from `packagefiles` must be there, unless the rules that kaon has take its place. */
function checkPatches(files: Files, made: Package, { bundled }: SubprojectPromises): Diagnostic[] {
  const { wrap, packageFiles, name, lacksRules } = made;
  if (wrap === undefined || cameWhole(files, made)) return [];
  if (lacksRules === true && bundled.packages.get(name)?.wrap !== undefined) return [];
  const { patchDirectory, diffFiles } = wrap;
  const found: Diagnostic[] = [];
  if (
    patchDirectory !== undefined &&
    !files.isDirectory(posix.join(packageFiles, patchDirectory.value))
  )
    found.push(
      errorAt(patchDirectory.place, `patch directory does not exist: ${patchDirectory.value}`),
    );
  for (const diff of diffFiles)
    if (!files.isFile(posix.join(packageFiles, diff.value)))
      found.push(errorAt(diff.place, `Diff file "${diff.value}" does not exist`));
  return found;
}

/** Whether it came with the sources, patched, as archives of distributions have it: nothing is laid over it. */
function cameWhole(files: Files, { home, directory }: Package): boolean {
  const folder = posix.join(home, directory);
  return files.isFile(posix.join(folder, 'meson.build')) && readRecord(files, folder) === undefined;
}

function checkChecksums(lock: CargoLock): readonly Diagnostic[] {
  return lock.packages
    .filter(({ source, checksum }) => source.kind === 'registry' && checksum === undefined)
    .map(({ name, version, place }) =>
      errorAt(place, `${name} ${version} has no checksum in ${lock.source.path}`),
    );
}

/** Folders of `packagefiles` that no wrap and no locked crate uses. */
function checkOrphanedRules(
  files: Files,
  { wraps, locks, folder, display }: SubprojectPromises,
): readonly Diagnostic[] {
  const used = new Set<string>();
  for (const { wrap } of wraps.packages.values()) {
    const named = [wrap?.patchDirectory, wrap?.patch.filename, ...(wrap?.diffFiles ?? [])];
    if (wrap?.kind === 'file') named.push(wrap.archive.filename);
    for (const field of named) used.add(field?.value.split('/')[0] ?? '');
  }
  for (const lock of locks)
    for (const { name, version } of lock.packages) used.add(dependencyName(name, version));
  const listed = files.list(posix.join(folder, 'packagefiles'));
  return (listed.ok ? listed.value : [])
    .filter(
      (name) => !used.has(name) && files.isDirectory(posix.join(folder, 'packagefiles', name)),
    )
    .map((name) =>
      asWarning(
        plainError(
          `no wrap uses ${display}/packagefiles/${name}`,
          'A wrap says "patch_directory", "diff_files" or "source_filename".',
        ),
      ),
    );
}
