import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import { filesBelow } from '../../host/files-below.ts';
import type { Host } from '../../host/host.ts';
import type { DistSubproject } from '../../model/dist-plan.ts';
import type { Component } from '../../release/cyclonedx.ts';
import { exportGit, hasUncommitted, isInGit } from '../../release/source/git-source.ts';
import { crateOfUrl, crateOfWrap } from '../../wrap/crate-of-wrap.ts';
import { editedFiles, readRecord, recordName } from '../../wrap/record.ts';
import { bundledWraps, loadWraps, mergeWraps, type Package } from '../../wrap/wrap-set.ts';
import type { Session } from '../session.ts';
import type { Staging } from './staging.ts';

/**
 * Puts the sources of the subprojects that the build uses into the archive, as they lie on the disk:
 * with their patches. kaon's own packages get their wrap files and rules, so that any tool finds them.
 */
export async function vendorSubprojects(
  session: Session,
  staging: Staging,
): Promise<Result<void, string>> {
  const { host } = session;
  const { root, plan, included, components } = staging;
  const wraps = wrapsOf(session, staging);
  for (const subproject of plan.subprojects) {
    const { name, subdir } = subproject;
    const made = wraps.get(name);
    // What is in the project's own repository came from there.
    if (!host.files.exists(posix.join(root, subdir))) {
      const laid = await laySubproject(host, staging, subproject);
      if (!laid.ok) return laid;
      const rules = made?.origin === 'bundled' ? layRules(host, staging, made) : ok(undefined);
      if (!rules.ok) return rules;
    }
    included.set(name, subdir);
  }
  components.push(...componentsOf(session, staging));
  return ok(undefined);
}

/** The subprojects that are in use and came from elsewhere. */
export function componentsOf(
  session: Session,
  project: Pick<Staging, 'sourceRoot' | 'plan'>,
): readonly Component[] {
  const wraps = wrapsOf(session, project);
  return project.plan.subprojects
    .filter((each) => wraps.get(each.name)?.wrap !== undefined || laidByWrap(session.host, each))
    .map((each) => componentOf(each, wraps.get(each.name)));
}

function wrapsOf(
  { host, home }: Session,
  { sourceRoot, plan }: Pick<Staging, 'sourceRoot' | 'plan'>,
): ReadonlyMap<string, Package> {
  const own = loadWraps(host, posix.join(sourceRoot, plan.subprojectDir), plan.subprojectDir);
  const bundled = bundledWraps(host, home);
  return own.ok && bundled.ok ? mergeWraps(own.value, bundled.value).packages : new Map();
}

function laidByWrap({ files }: Host, { directory }: DistSubproject): boolean {
  return readRecord(files, directory) !== undefined;
}

async function laySubproject(
  host: Host,
  { root, warn }: Staging,
  { name, directory, subdir }: DistSubproject,
): Promise<Result<void, string>> {
  const { files } = host;
  const target = posix.join(root, subdir);
  const record = readRecord(files, directory);
  if (record === undefined && (await isInGit(host, directory))) {
    if (await hasUncommitted(host, directory))
      warn(`Subproject ${name} has uncommitted changes that will not be included`);
    const laid = await exportGit(host, {
      sourceRoot: directory,
      revision: 'HEAD',
      into: target,
    });
    return laid.ok ? ok(undefined) : laid;
  }
  const [edited, ...more] = record === undefined ? [] : editedFiles(files, directory, record);
  if (edited !== undefined) {
    const which = more.length === 0 ? edited : `${edited} and ${more.length} more`;
    warn(`Subproject ${name} is not as its wrap says: someone edited ${which}`);
  }
  return copyFolder(host, directory, target);
}

const leftOut = ['.git', '.hg', '.svn', '__pycache__', 'node_modules'];
const droppings = new Set([recordName, '.meson-subproject-wrap-hash.txt', '.wraplock']);

/** Copies a folder without what tools keep in it for themselves. */
function copyFolder(host: Host, from: string, to: string): Result<void, string> {
  const { files } = host;
  const failed = (path: string, reason: string) => err(`${path}: ${reason}`);
  for (const { path, kind } of filesBelow(files, from, {
    enters: (name) => !leftOut.includes(name),
  })) {
    if (droppings.has(path)) continue;
    const target = posix.join(to, path);
    const folder = files.makeDirectory(posix.dirname(target));
    if (!folder.ok) return failed(folder.error.path, folder.error.reason);
    const source = posix.join(from, path);
    const link = kind === 'symlink' ? files.readLink(source) : undefined;
    if (link?.ok === false) return failed(source, link.error.reason);
    const done = link?.ok ? files.symlink(link.value, target) : files.copy(source, target);
    if (!done.ok) return failed(source, done.error.reason);
  }
  return ok(undefined);
}

/** The wrap file and the rules of one of kaon's own packages, as if they were the project's. */
export function layRules(host: Host, { root, plan }: Staging, made: Package): Result<void, string> {
  const { files } = host;
  const { wrap, packageFiles, name } = made;
  if (wrap === undefined) return ok(undefined);
  const folder = posix.join(root, plan.subprojectDir);
  const rules = new Set(
    [wrap.patchDirectory, ...wrap.diffFiles].flatMap((field) =>
      field === undefined ? [] : [field.value.split('/')[0] ?? ''],
    ),
  );
  for (const each of rules) {
    const copied = copyFolder(
      host,
      posix.join(packageFiles, each),
      posix.join(folder, 'packagefiles', each),
    );
    if (!copied.ok) return copied;
  }
  const written = files.write(posix.join(folder, `${name}.wrap`), wrap.source.text);
  return written.ok ? ok(undefined) : err(`${written.error.path}: ${written.error.reason}`);
}

function componentOf(
  { name, version, licenses }: DistSubproject,
  made: Package | undefined,
): Component {
  const wrap = made?.wrap;
  const crate = wrap && (crateOfWrap(wrap) ?? crateOfUrl(wrap));
  const license = licenses.length === 0 ? undefined : licenses.join(' AND ');
  const sha256 = wrap?.kind === 'file' ? wrap.archive.hash?.value.toLowerCase() : undefined;
  const url = wrap !== undefined && 'url' in wrap ? wrap.url?.value : undefined;
  const revision = wrap !== undefined && 'revision' in wrap ? wrap.revision?.value : undefined;
  return {
    kind: crate === undefined ? 'wrap' : 'crate',
    name: crate?.name ?? name,
    version: crate?.version ?? (version === 'undefined' ? (revision ?? '0') : version),
    ...(sha256 !== undefined && { hash: { algorithm: 'SHA-256', hex: sha256 } }),
    ...(license !== undefined && { license }),
    ...(url !== undefined && { repository: url.replace(/^([a-z+]+:\/\/)[^/@]*@/i, '$1') }),
  };
}
