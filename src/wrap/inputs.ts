import { ok, type Result } from '../base/result.ts';
import { sha256Of } from '../base/sha256.ts';
import { filesBelow } from '../host/files-below.ts';
import type { Host } from '../host/host.ts';
import { leavesFolder } from './archive/fetch-archive.ts';
import { contained } from './contained.ts';
import { fault, fileFault, type WrapFault } from './fault.ts';
import { join } from './paths.ts';
import { treeDigest } from './tree.ts';
import type { ArchiveFields, Field } from './wrap-file.ts';
import type { Package } from './wrap-set.ts';

/** What a subproject is made of: a fingerprint for each part, and the files that say so. */
export interface WrapInputs {
  readonly fingerprints: Readonly<Record<string, string>>;
  readonly watched: readonly string[];
}

/**
 * Takes stock of a wrap's promises, patches and rules by content. A URL that moves, a comment or a
 * `[provide]` section make nothing stale.
 */
export function wrapInputs(
  { files }: Pick<Host, 'files'>,
  { wrap, home, packageFiles, redirectedFrom }: Package,
): Result<WrapInputs, WrapFault> {
  if (wrap === undefined) return ok({ fingerprints: {}, watched: [] });
  const fingerprints: Record<string, string> = { directory: wrap.directory };
  const own = join(home, `${wrap.name}.wrap`);
  // Packages of a Cargo.lock have no file of their own.
  const watched = files.isFile(own) ? [own] : [];
  if (redirectedFrom !== undefined) watched.push(redirectedFrom);
  const note = (key: string, field: Field | undefined): void => {
    if (field !== undefined) fingerprints[key] = field.value;
  };
  const archive = (what: string, { filename, url, hash }: ArchiveFields): void => {
    if (hash !== undefined) fingerprints[`${what}_hash`] = hash.value.toLowerCase();
    if (filename === undefined || url !== undefined) return;
    const local = contained(files, packageFiles, filename.value);
    const bytes = local === undefined ? undefined : files.readBytes(local);
    if (local !== undefined && bytes?.ok === true) {
      fingerprints[`${what}_filename`] = sha256Of(bytes.value);
      watched.push(local);
    }
  };
  if (wrap.kind === 'file') {
    archive('source', wrap.archive);
    if (wrap.leadDirectoryMissing) fingerprints['lead_directory_missing'] = 'true';
  } else if (wrap.kind !== 'redirect') {
    note('url', wrap.url);
    note('revision', wrap.revision);
  }
  archive('patch', wrap.patch);
  if (wrap.patchDirectory !== undefined) {
    const folder = patchFolder(files, packageFiles, wrap.patchDirectory);
    if (!folder.ok) return folder;
    fingerprints['patch_directory'] = treeDigest(files, folder.value);
    watched.push(...filesBelow(files, folder.value).map(({ path }) => join(folder.value, path)));
  }
  for (const field of wrap.diffFiles) {
    const diff = diffFile(files, packageFiles, field);
    if (!diff.ok) return diff;
    fingerprints[`diff_files ${field.value}`] = sha256Of(diff.value.bytes);
    watched.push(diff.value.path);
  }
  return ok({ fingerprints, watched });
}

/** The folder below `packagefiles` whose files are laid over the sources (`patch_directory`). */
export function patchFolder(
  files: Host['files'],
  packageFiles: string,
  field: Field,
): Result<string, WrapFault> {
  const folder = contained(files, packageFiles, field.value);
  if (folder === undefined) return leavesFolder(field, 'patch_directory');
  if (!files.isDirectory(folder))
    return fault('patch', `patch directory does not exist: ${field.value}`, {
      place: field.place,
      hint: 'It belongs in packagefiles; "kaon subprojects packagefiles --save" makes it of what was edited.',
    });
  return ok(folder);
}

/** A patch below `packagefiles` (one of `diff_files`), with its content. */
export function diffFile(
  files: Host['files'],
  packageFiles: string,
  field: Field,
): Result<{ readonly path: string; readonly bytes: Uint8Array }, WrapFault> {
  const path = contained(files, packageFiles, field.value);
  if (path === undefined) return leavesFolder(field, 'diff_files');
  if (!files.exists(path)) return fault('patch', `Diff file "${path}" does not exist`, field);
  const bytes = files.readBytes(path);
  return bytes.ok ? ok({ path, bytes: bytes.value }) : fileFault(bytes.error, field.place);
}
