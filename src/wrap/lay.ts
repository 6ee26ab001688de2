import { unreachable } from '../base/assert.ts';
import { ok, type Result } from '../base/result.ts';
import type { Host } from '../host/host.ts';
import { packageCache } from './archive/fetch-archive.ts';
import { layFileWrap } from './archive/lay-archive.ts';
import { copyTree } from './copy-tree.ts';
import { fault, fileFault, type WrapFault } from './fault.ts';
import { patchTree } from './patch/patch-tree.ts';
import { dirname, join } from './paths.ts';
import { makeRecord, recordName, type SubprojectRecord } from './record.ts';
import { layForeignVcs, layGit } from './repository/lay-git.ts';
import { repositoryState } from './repository/repository-state.ts';
import type { Laying, Outcome, PrepareRequest } from './request.ts';
import type { Wrap } from './wrap-file.ts';
import type { Package } from './wrap-set.ts';

/**
 * Lays a subproject out in a private folder beside its place, all of it, and then moves it there: a
 * run that is killed leaves either nothing or the whole.
 */
export async function lay(
  host: Host,
  request: PrepareRequest,
  {
    made,
    target,
    fingerprints,
  }: {
    readonly made: Package;
    readonly target: string;
    readonly fingerprints: Readonly<Record<string, string>>;
  },
): Outcome<void> {
  const { wrap } = made;
  if (wrap === undefined)
    return fault('no-build-file', `Subproject ${made.name} has no wrap to lay it out from.`);
  const parent = dirname(target);
  const before = identity(host, target);
  const ready = host.files.makeDirectory(parent);
  if (!ready.ok) return fileFault(ready.error);
  removeLeftovers(host, parent);
  const staging = join(parent, `.kaon-${made.name}-${host.system.processId}-${host.clock.nowMs()}`);
  const staged = host.files.makeDirectory(staging);
  if (!staged.ok) return fileFault(staged.error);
  const laying: Laying = { host, request, made, staging, place: wrap.header };
  const done = await fill(laying, wrap);
  const repository =
    wrap.kind === 'git' ? await repositoryState(host, join(staging, wrap.directory)) : '';
  const record = { name: made.name, inputs: fingerprints, repository };
  const other = identity(host, target);
  // Another kaon was faster, or a user: what is there may be in use by now.
  const isTaken = other !== undefined && other !== before;
  const moved =
    done.ok && !isTaken
      ? moveIn(laying, { from: join(staging, wrap.directory), to: target }, record)
      : done;
  host.files.remove(staging);
  return moved;
}

/** Which folder has a place, if any. */
function identity({ files }: Host, path: string): bigint | undefined {
  return files.lstat(path)?.inode;
}

async function fill(laying: Laying, wrap: Wrap): Outcome<void> {
  const sources = await laySources(laying, wrap);
  return sources.ok ? patchTree(laying, wrap) : sources;
}

async function laySources(laying: Laying, wrap: Wrap): Outcome<void> {
  const { host, request, staging, place } = laying;
  const cached = join(packageCache(host, request), wrap.directory);
  // Distributions ship unpacked sources so: MESON_PACKAGE_CACHE_DIR=/usr/share/cargo/registry.
  if (host.files.isDirectory(cached)) {
    const copied = copyTree(host, { from: cached, to: join(staging, wrap.directory) });
    return copied.ok ? copied : fileFault(copied.error, place);
  }
  switch (wrap.kind) {
    case 'file':
      return layFileWrap(laying, wrap);
    case 'git':
      return layGit(laying, wrap);
    case 'hg':
    case 'svn':
      return layForeignVcs(laying, wrap);
    case 'redirect':
      return fault('wrap-file', `Unknown wrap type 'redirect'`, wrap.filename);
    default:
      return unreachable(wrap);
  }
}

function moveIn(
  { host: { files }, staging, place }: Laying,
  { from, to }: { readonly from: string; readonly to: string },
  made: Pick<SubprojectRecord, 'name' | 'inputs' | 'repository'>,
): Result<void, WrapFault> {
  const record = makeRecord(files, from, made);
  const marked = files.replace(join(from, recordName), `${JSON.stringify(record)}\n`);
  if (!marked.ok) return fileFault(marked.error, place);
  const old = join(staging, '.old');
  if (files.lstat(to) !== undefined) {
    const aside = files.rename(to, old);
    if (!aside.ok) return fileFault(aside.error, place);
  }
  const moved = files.rename(from, to);
  if (moved.ok) return ok(undefined);
  // Another kaon was faster: what it laid is as good.
  if (files.exists(join(to, recordName))) return ok(undefined);
  files.rename(old, to);
  return fileFault(moved.error, place);
}

/** Staging folders of runs that were killed. Younger ones may be at work. */
function removeLeftovers({ files, clock }: Host, parent: string): void {
  const listed = files.list(parent);
  for (const name of listed.ok ? listed.value : []) {
    const time = /^\.kaon-.+-\d+-(\d+)$/.exec(name)?.[1];
    if (time !== undefined && clock.nowMs() - Number(time) > 3_600_000)
      files.remove(join(parent, name));
  }
}
