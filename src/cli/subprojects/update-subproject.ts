import { err, ok, type Result } from '../../base/result.ts';
import type { Host } from '../../host/host.ts';
import { wrapInputs } from '../../wrap/inputs.ts';
import { changedInputs, editedFiles, readRecord } from '../../wrap/record.ts';
import { hasOwnWork } from '../../wrap/repository/repository-state.ts';
import type { ForeignVcsWrap } from '../../wrap/wrap-file.ts';
import type { Package } from '../../wrap/wrap-set.ts';
import { keptForItsWork, tool, updateClone } from './git.ts';
import type { Subprojects } from './open-subprojects.ts';

export interface UpdateRequest {
  readonly host: Host;
  readonly all: Subprojects;
  readonly made: Package;
  /** Where its sources lie. */
  readonly folder: string;
  readonly reset: boolean;
  /** Someone asked for it by name: then it is wrong that nothing can be done. */
  readonly named: boolean;
}

/** Brings one subproject to what its wrap says; answers what to tell. */
export async function updateSubproject(request: UpdateRequest): Promise<Result<string, string>> {
  const { host, made, folder, reset, named } = request;
  const nothing = (why: string) => (named ? err(why) : ok(why));
  if (!host.files.isDirectory(folder)) return nothing('Not used.');
  const { wrap } = made;
  if (wrap === undefined) return nothing('Cannot update subproject with no wrap file');
  switch (wrap.kind) {
    case 'file':
      return reset ? relaid(request) : isAsPromised(request) ? ok('Up to date.') : unchanged();
    case 'git': {
      const isClone = host.files.exists(`${folder}/.git`);
      if (!isClone)
        return reset
          ? relaid(request)
          : err('Not a git repository.\nPass --reset option to delete directory and redownload.');
      const settle = request.all.settling(made.name);
      const isPatched = !reset && isPatchedAlone(request);
      const done = await updateClone(host, folder, { wrap, reset, isPatched });
      if (!done.ok && !isPatched) return done;
      const settled = await settle({ patches: reset || isPatched });
      return settled.ok ? done : settled;
    }
    case 'hg':
    case 'svn': {
      if (reset) return relaid(request);
      const settle = request.all.settling(made.name);
      const done = await (wrap.kind === 'hg' ? updateHg : updateSvn)(host, folder, wrap);
      if (!done.ok) return done;
      const settled = await settle({ patches: false });
      return settled.ok ? ok('done') : settled;
    }
    default:
      return err(`Cannot update ${wrap.kind} subproject`);
  }
}

async function relaid({ host, all, made, folder }: UpdateRequest): Promise<Result<string, string>> {
  if (await hasOwnWork(host, folder)) return err(keptForItsWork(folder));
  // A reset stashes what was changed in a clone; here there would be no clone left to keep it.
  const isClone = ['.git', '.hg', '.svn'].some((name) => host.files.exists(`${folder}/${name}`));
  if (isClone && (await isChanged(host, folder)))
    return err(
      `${folder} is a clone with changes that are in no commit, and is left as it is. Remove the folder yourself.`,
    );
  const done = await all.layAnew(made.name);
  return done.ok ? ok('New version extracted') : done;
}

/** Whether someone changed what was laid out; of a clone that kaon did not lay its own tool tells. */
async function isChanged(host: Host, folder: string): Promise<boolean> {
  const record = readRecord(host.files, folder);
  if (record !== undefined) return editedFiles(host.files, folder, record).length > 0;
  const changed = await tool(host, folder, statusOf(host, folder));
  return !changed.ok || changed.value !== '';
}

function statusOf({ files }: Host, folder: string): readonly string[] {
  if (files.exists(`${folder}/.hg`)) return ['hg', 'status', '-q'];
  return files.exists(`${folder}/.svn`)
    ? ['svn', 'status', '-q']
    : ['git', 'status', '--porcelain'];
}

/** Whether patches of the wrap were laid over a clone that nobody edited besides. */
function isPatchedAlone({ host, made: { wrap }, folder }: UpdateRequest): boolean {
  if (wrap === undefined || (wrap.diffFiles.length === 0 && wrap.patchDirectory === undefined))
    return false;
  const record = readRecord(host.files, folder);
  return record !== undefined && editedFiles(host.files, folder, record).length === 0;
}

/** Whether it was laid out from what the wrap says now; of what Meson laid out nobody knows. */
function isAsPromised({ host, made, folder }: UpdateRequest): boolean {
  const record = readRecord(host.files, folder);
  const inputs = wrapInputs(host, made);
  if (record === undefined || !inputs.ok) return false;
  return changedInputs(record, inputs.value.fingerprints).length === 0;
}

function unchanged() {
  return err(
    'Subproject has not changed, or the new source/patch needs to be extracted on the same location.\n' +
      '     Pass --reset option to delete directory and redownload.',
  );
}

async function updateHg(
  host: Host,
  folder: string,
  { revision }: ForeignVcsWrap,
): Promise<Result<unknown, string>> {
  const wanted = revision?.value ?? 'tip';
  if (wanted.startsWith('-')) return err(`'${wanted}' starts with a dash`);
  // Where both sides changed a file, no editor opens: the file has marks then, and hg says so.
  const hg = (...words: readonly string[]) =>
    tool(host, folder, ['hg', '--config', 'ui.merge=internal:merge', ...words]);
  if (wanted.toLowerCase() === 'tip') {
    // Without a network one still works with what is there.
    await hg('pull');
    return hg('update');
  }
  if ((await hg('checkout', '--', wanted)).ok) return ok(undefined);
  const pulled = await hg('pull');
  return pulled.ok ? hg('checkout', '--', wanted) : pulled;
}

async function updateSvn(
  host: Host,
  folder: string,
  { revision }: ForeignVcsWrap,
): Promise<Result<unknown, string>> {
  const wanted = revision?.value ?? 'HEAD';
  if (wanted.startsWith('-')) return err(`'${wanted}' starts with a dash`);
  const svn = (...words: readonly string[]) => tool(host, folder, ['svn', ...words]);
  if (wanted.toLowerCase() === 'head') {
    await svn('update', '--non-interactive');
    return ok(undefined);
  }
  const current = await svn('info', '--show-item', 'revision');
  if (current.ok && current.value === wanted) return ok(undefined);
  return svn('update', '--non-interactive', '-r', wanted);
}
