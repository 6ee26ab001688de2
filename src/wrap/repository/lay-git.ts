import { ok } from '../../base/result.ts';
import { findInPath } from '../../host/find-in-path.ts';
import { fault } from '../fault.ts';
import { join } from '../paths.ts';
import {
  downloadBefore,
  downloadsDisabled,
  type Laying,
  mayDownload,
  type Outcome,
} from '../request.ts';
import { shownUrl } from '../url.ts';
import { type Field, type ForeignVcsWrap, type GitWrap, missingKey } from '../wrap-file.ts';

/** Clones the repository of a `[wrap-git]` into the staging folder. */
export async function layGit(laying: Laying, wrap: GitWrap): Outcome<void> {
  const kept = keptClone(laying, wrap);
  const reach = kept === undefined ? reachable(laying) : ok(undefined);
  const checked = reach.ok ? checkedRemote(wrap) : reach;
  if (!checked.ok) return checked;
  const { url, revision } = checked.value;
  for (const field of [wrap.depth, wrap.pushUrl])
    if (field?.value.startsWith('-') === true) return startsWithDash(field);
  if (wrap.depth !== undefined && wrap.depth.value !== '' && !/^\d+$/.test(wrap.depth.value))
    return fault('wrap-file', `depth '${wrap.depth.value}' is not a number`, wrap.depth);
  if (/^[a-z0-9]+::/i.test(url.value))
    return fault('wrap-file', `url '${shownUrl(url.value)}' names a helper program`, url);
  const program = findInPath(laying.host, 'git');
  if (program === undefined)
    return fault('tool', `Git program not found, cannot download ${wrap.name}.wrap via git.`, url);
  const run = (args: readonly string[], folder: string) =>
    runTool(laying, [program, '-c', 'protocol.ext.allow=never', ...args], { folder, field: url });
  const clone = join(laying.staging, wrap.directory);
  const isWhole = kept !== undefined || wrap.depth === undefined || wrap.depth.value === '';
  const depth = isWhole ? [] : ['--depth', wrap.depth?.value ?? ''];
  const isHead = revision.value.toLowerCase() === 'head';
  for (const args of cloneSteps(kept ?? url.value, revision.value, {
    depth,
    directory: wrap.directory,
  })) {
    // The first step makes the folder that the others run in.
    const isFirst = args.includes(wrap.directory) && !laying.host.files.exists(clone);
    const done = await run(args, isFirst ? laying.staging : clone);
    if (!done.ok) return done;
  }
  if (kept !== undefined) {
    const done = await run(['remote', 'set-url', 'origin', url.value], clone);
    if (!done.ok) return done;
  }
  if (depth.length === 0 && !isHead) {
    const known = await run(checkout(revision.value), clone);
    // Not on a branch or tag that a clone brings.
    const fetched = known.ok ? known : await run(['fetch', '--', url.value, revision.value], clone);
    const done = known.ok || !fetched.ok ? fetched : await run(checkout(revision.value), clone);
    if (!done.ok) return done;
  }
  if (wrap.cloneRecursive) {
    const all = wrap.heedsUpdateNone === true ? [] : ['--checkout'];
    // Git asks for this since a repository from elsewhere may name a folder here; Cargo does not.
    const near = isLocal(url.value) ? ['-c', 'protocol.file.allow=always'] : [];
    const update = [...near, 'submodule', 'update', '--init', ...all, '--recursive', ...depth];
    const done = await run(update, clone);
    if (!done.ok) return done;
  }
  if (wrap.pushUrl === undefined) return ok(undefined);
  return run(['remote', 'set-url', '--push', 'origin', wrap.pushUrl.value], clone);
}

function keptClone({ request }: Laying, { url, revision }: GitWrap): string | undefined {
  if (mayDownload(request.wrapMode) || url === undefined || revision === undefined)
    return undefined;
  return request.keptClone?.({ url: url.value, revision: revision.value });
}

/** Whether a repository lies on this machine, so that its submodules may. */
function isLocal(url: string): boolean {
  return /^(file:|\.{0,2}\/)/i.test(url);
}

function checkout(revision: string): readonly string[] {
  return ['-c', 'advice.detachedHead=false', 'checkout', revision, '--'];
}

/** The calls of git that bring a clone; a shallow one has its revision already. */
function cloneSteps(
  url: string,
  revision: string,
  { depth, directory }: { readonly depth: readonly string[]; readonly directory: string },
): readonly (readonly string[])[] {
  if (depth.length === 0) return [['clone', '--', url, directory]];
  // Git fetches a single commit by its id, but does not clone one.
  if (/^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(revision))
    return [
      ['-c', 'init.defaultBranch=main', 'init', '--', directory],
      ['remote', 'add', 'origin', url],
      ['fetch', ...depth, 'origin', revision],
      checkout(revision),
    ];
  const branch = revision.toLowerCase() === 'head' ? [] : ['--branch', revision];
  const quiet = ['-c', 'advice.detachedHead=false'];
  return [[...quiet, 'clone', ...depth, ...branch, '--', url, directory]];
}

/** Checks out the repository of a `[wrap-hg]` or `[wrap-svn]`. */
export async function layForeignVcs(laying: Laying, wrap: ForeignVcsWrap): Outcome<void> {
  const reach = reachable(laying);
  const checked = reach.ok ? checkedRemote(wrap) : reach;
  if (!checked.ok) return checked;
  const { url, revision } = checked.value;
  const program = findInPath(laying.host, wrap.kind);
  if (program === undefined)
    return fault(
      'tool',
      wrap.kind === 'hg' ? 'Mercurial program not found.' : 'SVN program not found.',
      url,
    );
  const folder = laying.staging;
  if (wrap.kind === 'svn') {
    const checkout = [program, 'checkout', '-r', revision.value, '--', url.value, wrap.directory];
    return runTool(laying, checkout, { folder, field: url });
  }
  const cloned = await runTool(laying, [program, 'clone', '--', url.value, wrap.directory], {
    folder,
    field: url,
  });
  if (!cloned.ok || revision.value.toLowerCase() === 'tip') return cloned;
  return runTool(laying, [program, 'checkout', '--', revision.value], {
    folder: join(folder, wrap.directory),
    field: revision,
  });
}

function reachable({ request, place }: Laying) {
  return mayDownload(request.wrapMode)
    ? ok(undefined)
    : fault('downloads-disabled', downloadsDisabled, { place, hint: downloadBefore });
}

function checkedRemote(wrap: GitWrap | ForeignVcsWrap) {
  const { url, revision } = wrap;
  if (url === undefined || revision === undefined) {
    const diagnostic = missingKey(wrap, url === undefined ? 'url' : 'revision');
    return { ok: false as const, error: { kind: 'wrap-file' as const, diagnostic } };
  }
  for (const field of [url, revision])
    if (field.value.startsWith('-')) return startsWithDash(field);
  // ssh would take such a host for an option, and options of it run programs.
  if (/^[a-z+.-]+:\/\/([^/@]*@)?-/i.test(url.value)) return startsWithDash(url);
  return ok({ url, revision });
}

function startsWithDash(field: Field) {
  return fault('wrap-file', `'${shownUrl(field.value)}' starts with a dash`, {
    place: field.place,
    hint: 'A tool would take it for an option.',
  });
}

async function runTool(
  { host }: Laying,
  argv: readonly string[],
  { folder, field }: { readonly folder: string; readonly field: Field },
): Outcome<void> {
  const { ended, stdout, stderr } = await host.processes.spawn({
    argv,
    workingDirectory: folder,
    environment: { ...host.system.environment, GIT_TERMINAL_PROMPT: '0' },
  }).done;
  if (ended.kind === 'exited' && ended.code === 0) return ok(undefined);
  const lines = `${stdout}\n${stderr}`.trim().split('\n');
  const said = lines.filter((line) => !line.startsWith('Cloning into ')).slice(-5);
  const secrets = said.join('\n').replace(/\b([a-z+]+:\/\/)[^/\s@]*@/gi, '$1');
  return fault('download', `could not get ${shownUrl(field.value)}`, {
    place: field.place,
    hint: secrets,
  });
}
