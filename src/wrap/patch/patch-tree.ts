import { ok, type Result } from '../../base/result.ts';
import { filesBelow } from '../../host/files-below.ts';
import { fetchArchive } from '../archive/fetch-archive.ts';
import { unpackInto } from '../archive/lay-archive.ts';
import { fault, fileFault, type WrapFault } from '../fault.ts';
import { diffFile, patchFolder } from '../inputs.ts';
import { freshDirectory, replaceFile } from '../lay-out.ts';
import { foldersAbove, join } from '../paths.ts';
import type { Laying, Outcome } from '../request.ts';
import type { Field, Wrap } from '../wrap-file.ts';
import { applyDiff } from './apply-diff.ts';

/** Lays build rules over sources in the staging folder (an archive or a folder), then applies diffs. */
export async function patchTree(laying: Laying, wrap: Wrap): Outcome<void> {
  const { staging } = laying;
  if (wrap.patch.filename !== undefined) {
    const archive = await fetchArchive(laying, 'patch', wrap.patch);
    if (!archive.ok) return archive;
    const top = wrap.directory;
    const laid = await unpackInto(laying, archive.value, { top, into: staging });
    if (!laid.ok) return laid;
  } else if (wrap.patchDirectory !== undefined) {
    const laid = overlay(laying, wrap.patchDirectory, join(staging, wrap.directory));
    if (!laid.ok) return laid;
  }
  return applyDiffs(laying, wrap, join(staging, wrap.directory));
}

/** Applies a wrap's diffs to a folder, in their order. */
export function applyDiffs(
  { host, request, made }: Laying,
  wrap: Wrap,
  folder: string,
): Result<void, WrapFault> {
  for (const field of wrap.diffFiles) {
    request.tell?.(`Applying diff file "${field.value}"`);
    const diff = diffFile(host.files, made.packageFiles, field);
    if (!diff.ok) return diff;
    const applied = applyDiff(host.files, folder, diff.value.bytes);
    if (!applied.ok)
      return fault('patch', `Failed to apply diff file "${field.value}"`, {
        place: field.place,
        hint: `${applied.error}.`,
      });
  }
  return ok(undefined);
}

function overlay(
  { host: { files }, made }: Laying,
  field: Field,
  into: string,
): Result<void, WrapFault> {
  const folder = patchFolder(files, made.packageFiles, field);
  if (!folder.ok) return folder;
  const root = files.realPath(made.packageFiles);
  for (const item of filesBelow(files, folder.value)) {
    const from = join(folder.value, item.path);
    const real = files.realPath(from);
    if (!real.ok || !root.ok || !real.value.startsWith(`${root.value}/`))
      return fault('patch', `${from} is a link that leads out of its folder`, field);
    const bytes = files.readBytes(from);
    if (!bytes.ok) return fileFault(bytes.error, field.place);
    for (const above of foldersAbove(item.path)) {
      const made = freshDirectory(files, into, above);
      if (!made.ok) return fileFault(made.error, field.place);
    }
    const to = join(into, item.path);
    const written = replaceFile(files, to, {
      content: bytes.value,
      executable: item.executable,
    });
    if (!written.ok) return fileFault(written.error, field.place);
  }
  return ok(undefined);
}
