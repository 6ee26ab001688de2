import { posix } from 'node:path';
import { ok, type Result } from '../base/result.ts';
import type { InstalledDirectory } from '../model/install-plan.ts';
import { destinationPath } from './destination.ts';
import { sanitizePermissions } from './install-mode.ts';
import type { Installation } from './installation.ts';
import { fault, fileFault, type InstallFault } from './installer.ts';
import { takeTurn } from './take-turn.ts';

/** Installs what lies in a folder, into another. */
export async function installDirectory(
  item: InstalledDirectory,
  installation: Installation,
): Promise<Result<boolean, InstallFault>> {
  const { installer, destination, plan } = installation;
  const to = destinationPath(destination, item.to);
  installer.say(`Installing subdir ${item.from} to ${to}`);
  const made = installer.folder(to);
  if (!made.ok) return made;
  const from = posix.resolve(plan.buildRoot, item.from);
  const copied = await copyContent({ item, from, to }, installation);
  return copied.ok ? ok(true) : copied;
}

export interface ContentCopy {
  readonly item: Pick<
    InstalledDirectory,
    'excludeFiles' | 'excludeDirectories' | 'mode' | 'followSymlinks'
  >;
  /** Absolute, both. */
  readonly from: string;
  readonly to: string;
}

/** Copies what a folder holds into another, but for what the item excludes. A folder that is missing is empty. */
export async function copyContent(
  { item, from, to }: ContentCopy,
  installation: Installation,
): Promise<Result<void, InstallFault>> {
  const excludedFiles = new Set(item.excludeFiles.map((path) => posix.normalize(path)));
  const excludedFolders = new Set(item.excludeDirectories.map((path) => posix.normalize(path)));
  const { host, installer } = installation;
  const waiting = [''];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const names = host.files.list(posix.join(from, folder));
    // A folder that is not there stands for an empty one.
    if (!names.ok && names.error.kind === 'missing' && folder === '') continue;
    if (!names.ok) return fileFault(names.error);
    const folders: string[] = [];
    for (const name of names.value) {
      const path = posix.join(folder, name);
      const [source, target] = [posix.join(from, path), posix.join(to, path)];
      if (host.files.lstat(source)?.kind === 'directory') {
        if (excludedFolders.has(path)) continue;
        const made = copyFolder(source, target, installation);
        if (!made.ok) return made;
        folders.push(path);
        continue;
      }
      if (excludedFiles.has(path)) continue;
      if (host.files.isDirectory(target)) {
        const what = `Tried to copy file ${target}`;
        return fault(`${what} but a directory of that name already exists.`);
      }
      const { mode, followSymlinks } = item;
      if (followSymlinks !== false && host.files.isDirectory(source))
        return fault(
          `${source} is a link to a directory, which cannot be copied like a file: say follow_symlinks: false, or exclude it`,
        );
      const done = installer.file({ from: source, source, to: target, mode, followSymlinks });
      if (!done.ok) return done;
      if (!done.value) installer.setMode(target, mode);
      const turned = await takeTurn(installation);
      if (!turned.ok) return turned;
    }
    waiting.push(...folders.reverse());
  }
  return ok(undefined);
}

function copyFolder(
  source: string,
  target: string,
  { host, installer, options, plan, print }: Installation,
): Result<void, InstallFault> {
  if (host.files.isDirectory(target)) return ok(undefined);
  if (host.files.exists(target)) {
    const what = `Tried to copy directory ${target}`;
    return fault(`${what} but a file of that name already exists.`);
  }
  const made = installer.folder(target);
  if (!made.ok || options.dryRun) return made;
  host.files.setMode(target, host.files.stat(source)?.mode ?? 0o755);
  sanitizePermissions(target, { host, umask: plan.umask, print });
  return ok(undefined);
}
