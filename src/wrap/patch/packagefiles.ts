import { err, ok } from '../../base/result.ts';
import { filesBelow, type TreeItem } from '../../host/files-below.ts';
import type { Host } from '../../host/host.ts';
import { layFileWrap } from '../archive/lay-archive.ts';
import { copyTree } from '../copy-tree.ts';
import { fault, fileFault, type WrapFault } from '../fault.ts';
import { dirname, join } from '../paths.ts';
import { editedFiles, makeRecord, readRecord, recordName } from '../record.ts';
import { pristineState } from '../repository/repository-state.ts';
import type { Laying, Outcome, PrepareRequest } from '../request.ts';
import { fingerprint, holdsSources } from '../tree.ts';
import type { Package } from '../wrap-set.ts';
import { applyDiffs, patchTree } from './patch-tree.ts';

export interface PackageFilesRequest {
  readonly host: Host;
  readonly request: PrepareRequest;
  readonly made: Package;
  /** Where its sources lie. */
  readonly folder: string;
}

/** Lays the files of a wrap's patch over a subproject that is there; what someone edited besides stays. */
export async function applyPackageFiles(
  { host, request, made, folder }: PackageFilesRequest,
  { diffs }: { readonly diffs: boolean },
): Outcome<readonly string[]> {
  const { wrap } = made;
  if (wrap === undefined) return ok([]);
  return staged(host, { request, made, parent: dirname(folder) }, async (laying) => {
    const from = join(laying.staging, wrap.directory);
    const ready = host.files.makeDirectory(from);
    if (!ready.ok) return fileFault(ready.error, wrap.header);
    const laid = await patchTree(laying, { ...wrap, diffFiles: [] });
    if (!laid.ok) return laid;
    const items = filesBelow(host.files, from);
    const copied = copyTree(host, { from, to: folder, items });
    if (!copied.ok) return fileFault(copied.error, wrap.header);
    if (diffs) {
      const applied = applyDiffs(laying, wrap, folder);
      if (!applied.ok) return applied;
    }
    return ok(items.map(({ path }) => path));
  });
}

/** Why changes of a subproject cannot be kept in packagefiles. */
export function notSavable({ wrap }: Package): string | undefined {
  if (wrap?.patchDirectory === undefined) return 'can only save packagefiles to patch_directory';
  return wrap.kind === 'file' ? undefined : 'can only save packagefiles from a [wrap-file]';
}

/** Where the files of a wrap's `patch_directory` lie. */
export function packageFolder({ wrap, packageFiles }: Package): string {
  return join(packageFiles, wrap?.patchDirectory?.value ?? '');
}

/**
 * Copies what differs from a wrap's sources to its `patch_directory`, in place of what was there. What
 * was written there since the sources were laid out is newer, and stays.
 */
export async function savePackageFiles({
  host,
  request,
  made,
  folder,
}: PackageFilesRequest): Outcome<readonly string[]> {
  const { wrap } = made;
  const unsaved = notSavable(made);
  if (wrap?.kind !== 'file' || unsaved !== undefined)
    return fault('wrap-file', unsaved ?? '', { place: wrap?.header });
  const target = packageFolder(made);
  const newer = newerThere(host.files, folder, target);
  if (newer.clash !== undefined)
    return fault(
      'patch',
      `${newer.clash} was changed both in the subproject and in packagefiles; make them the same first`,
      wrap.patchDirectory,
    );
  return staged(host, { request, made, parent: dirname(folder) }, async (laying) => {
    const laid = await layFileWrap(laying, wrap);
    if (!laid.ok) return laid;
    const { files } = host;
    const sources = join(laying.staging, wrap.directory);
    const before = new Map(
      filesBelow(files, sources).map((item) => [item.path, fingerprint(files, sources, item)]),
    );
    const own = filesBelow(files, folder, { enters: holdsSources }).filter(
      (item) =>
        item.path !== recordName &&
        item.path !== '.meson-subproject-wrap-hash.txt' &&
        !newer.items.some(({ path }) => path === item.path) &&
        before.get(item.path) !== fingerprint(files, folder, item),
    );
    const saved = join(laying.staging, '.saved');
    const copied = copyTree(host, { from: folder, to: saved, items: own });
    if (!copied.ok) return fileFault(copied.error, wrap.header);
    const kept = copyTree(host, { from: target, to: saved, items: newer.items });
    if (!kept.ok) return fileFault(kept.error, wrap.header);
    files.makeDirectory(saved);
    files.makeDirectory(dirname(target));
    const removed = files.remove(target);
    const moved = removed.ok ? files.rename(saved, target) : removed;
    return moved.ok ? ok(own.map(({ path }) => path)) : fileFault(moved.error, wrap.header);
  });
}

/** Files of packagefiles that were changed since they were laid over the subproject; the first that was changed in both. */
function newerThere(
  files: Host['files'],
  folder: string,
  target: string,
): { readonly items: readonly TreeItem[]; readonly clash: string | undefined } {
  const record = readRecord(files, folder);
  if (record === undefined || !files.isDirectory(target)) return { items: [], clash: undefined };
  const edited = new Set(editedFiles(files, folder, record));
  const changed = filesBelow(files, target).filter(
    (item) => record.files[item.path] !== fingerprint(files, target, item),
  );
  const clash = changed.find(
    (item) =>
      edited.has(item.path) &&
      fingerprint(files, folder, item) !== fingerprint(files, target, item),
  );
  return { items: changed.filter(({ path }) => !edited.has(path)), clash: clash?.path };
}

/**
 * What a folder is made of now, for its record, once something else than kaon's own laying changed it.
 * What `edits` names was someone's before, and stays so: it is left out. So is work in a clone that is
 * nowhere else.
 */
export async function recordAgain(
  { host, made, folder }: Omit<PackageFilesRequest, 'request'>,
  {
    fingerprints,
    edits,
  }: { readonly fingerprints: Readonly<Record<string, string>>; readonly edits: readonly string[] },
): Outcome<void> {
  const { files } = host;
  // A folder that was not laid by kaon stays one that is not.
  if (readRecord(files, folder) === undefined) return ok(undefined);
  const isClone = made.wrap?.kind === 'git';
  const repository = isClone ? await pristineState(host, folder) : '';
  const now = makeRecord(files, folder, { name: made.name, inputs: fingerprints, repository });
  const known = Object.entries(now.files).filter(([path]) => !edits.includes(path));
  const record = { ...now, files: Object.fromEntries(known) };
  const written = files.replace(join(folder, recordName), `${JSON.stringify(record)}\n`);
  return written.ok ? ok(undefined) : fileFault(written.error);
}

/** Works in a private folder that is gone afterwards. */
async function staged<T>(
  host: Host,
  { request, made, parent }: Pick<Laying, 'request' | 'made'> & { readonly parent: string },
  work: (laying: Laying) => Outcome<T>,
): Outcome<T> {
  const { wrap } = made;
  const staging = join(parent, `.kaon-${made.name}-${host.system.processId}-${host.clock.nowMs()}`);
  const ready = host.files.makeDirectory(staging);
  if (!ready.ok || wrap === undefined) return ready.ok ? err(noWrap(made)) : fileFault(ready.error);
  try {
    return await work({ host, request, made, staging, place: wrap.header });
  } finally {
    host.files.remove(staging);
  }
}

function noWrap({ name }: Package): WrapFault {
  return fault('no-build-file', `Subproject ${name} has no wrap.`).error;
}
