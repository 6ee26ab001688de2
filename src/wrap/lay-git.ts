import { ok } from '../base/result.ts';
import { findInPath } from '../host/find-in-path.ts';
import { fault } from './fault.ts';
import { join } from './paths.ts';
import { downloadsDisabled, type Laying, mayDownload, type Outcome } from './request.ts';
import { shownUrl } from './url.ts';
import { type Field, type ForeignVcsWrap, type GitWrap, missingKey } from './wrap-file.ts';

/** Clones the repository of a `[wrap-git]` into the staging folder. */
export async function layGit(laying: Laying, wrap: GitWrap): Outcome<void> {
  const checked = checkedRemote(laying, wrap);
  if (!checked.ok) return checked;
  const { url, revision } = checked.value;
  for (const field of [wrap.depth, wrap.pushUrl])
    if (field?.value.startsWith('-') === true) return startsWithDash(field);
  if (wrap.depth !== undefined && wrap.depth.value !== '' && !/^\d+$/.test(wrap.depth.value))
    return fault('wrap-file', `depth '${wrap.depth.value}' is not a number`, wrap.depth.place);
  if (/^[a-z0-9]+::/i.test(url.value))
    return fault('wrap-file', `url '${shownUrl(url.value)}' names a helper program`, url.place);
  const program = findInPath(laying.host, 'git');
  if (program === undefined)
    return fault(
      'tool',
      `Git program not found, cannot download ${wrap.name}.wrap via git.`,
      url.place,
    );
  const run = (args: readonly string[], folder: string) =>
    runTool(laying, [program, '-c', 'protocol.ext.allow=never', ...args], { folder, field: url });
  const clone = join(laying.staging, wrap.directory);
  const depth =
    wrap.depth === undefined || wrap.depth.value === '' ? [] : ['--depth', wrap.depth.value];
  const checkout = ['-c', 'advice.detachedHead=false', 'checkout', revision.value, '--'];
  const steps: { readonly args: readonly string[]; readonly folder: string }[] = [];
  const isHead = revision.value.toLowerCase() === 'head';
  if (depth.length > 0 && isFullCommit(revision.value))
    // Git fetches a single commit by its id, but does not clone one.
    steps.push(
      {
        args: ['-c', 'init.defaultBranch=main', 'init', '--', wrap.directory],
        folder: laying.staging,
      },
      { args: ['remote', 'add', 'origin', url.value], folder: clone },
      { args: ['fetch', ...depth, 'origin', revision.value], folder: clone },
      { args: checkout, folder: clone },
    );
  else if (depth.length > 0)
    steps.push({
      args: [
        ...['-c', 'advice.detachedHead=false', 'clone', ...depth],
        ...(isHead ? [] : ['--branch', revision.value]),
        ...['--', url.value, wrap.directory],
      ],
      folder: laying.staging,
    });
  else steps.push({ args: ['clone', '--', url.value, wrap.directory], folder: laying.staging });
  for (const { args, folder } of steps) {
    const done = await run(args, folder);
    if (!done.ok) return done;
  }
  if (depth.length === 0 && !isHead) {
    const known = await run(checkout, clone);
    if (!known.ok) {
      // Not on a branch or tag that a clone brings.
      const fetched = await run(['fetch', '--', url.value, revision.value], clone);
      if (!fetched.ok) return fetched;
      const again = await run(checkout, clone);
      if (!again.ok) return again;
    }
  }
  if (wrap.cloneRecursive) {
    const update = ['submodule', 'update', '--init', '--checkout', '--recursive', ...depth];
    const done = await run(update, clone);
    if (!done.ok) return done;
  }
  if (wrap.pushUrl === undefined) return ok(undefined);
  return run(['remote', 'set-url', '--push', 'origin', wrap.pushUrl.value], clone);
}

/** Checks out the repository of a `[wrap-hg]` or `[wrap-svn]`. */
export async function layForeignVcs(laying: Laying, wrap: ForeignVcsWrap): Outcome<void> {
  const checked = checkedRemote(laying, wrap);
  if (!checked.ok) return checked;
  const { url, revision } = checked.value;
  const program = findInPath(laying.host, wrap.kind);
  if (program === undefined)
    return fault(
      'tool',
      wrap.kind === 'hg' ? 'Mercurial program not found.' : 'SVN program not found.',
      url.place,
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

function checkedRemote(laying: Laying, wrap: GitWrap | ForeignVcsWrap) {
  if (!mayDownload(laying.request.wrapMode))
    return fault('downloads-disabled', downloadsDisabled, laying.place);
  const { url, revision } = wrap;
  if (url === undefined || revision === undefined) {
    const diagnostic = missingKey(wrap, url === undefined ? 'url' : 'revision');
    return { ok: false as const, error: { kind: 'wrap-file' as const, diagnostic } };
  }
  for (const field of [url, revision])
    if (field.value.startsWith('-')) return startsWithDash(field);
  return ok({ url, revision });
}

function startsWithDash(field: Field) {
  return fault(
    'wrap-file',
    `'${field.value}' starts with a dash`,
    field.place,
    'A tool would take it for an option.',
  );
}

function isFullCommit(revision: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(revision);
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
  const said = `${stdout}\n${stderr}`.trim().split('\n').slice(-5).join('\n');
  const secrets = said.replace(/\b([a-z+]+:\/\/)[^/\s@]*@/gi, '$1');
  return fault('download', `could not get ${shownUrl(field.value)}`, field.place, secrets);
}
