import { posix } from 'node:path';
import type { Files } from '../host/host.ts';
import { whetherThere } from '../model/file.ts';
import { foldersBelow, isGlob } from './manifest/member-glob.ts';
import { usualReadmes } from './manifest/read-manifest.ts';
import { usualFolders } from './manifest/targets.ts';

/**
 * Where Cargo looks for a package's targets ("Package Layout" in Cargo's book) and its README: files that may come
 * or go (an edit of one is no news), and folders, which end with a slash.
 */
export function lookedAtForPackage(files: Files, folder: string): readonly string[] {
  const folders = Object.values(usualFolders).map((name) => `${folder}/${name}`);
  const usual = ['src/lib.rs', 'src/main.rs', 'build.rs', ...usualReadmes];
  return [
    ...usual.map((name) => whetherThere(`${folder}/${name}`)),
    ...folders.map((below) => `${below}/`),
    ...folders.flatMap((below) => inFoldersOf(files, below, 'main.rs').map(whetherThere)),
  ];
}

/** Where packages may come or go that a member's path with wildcards means. */
export function lookedAtForMembers(files: Files, root: string, member: string): readonly string[] {
  if (!isGlob(member)) return [];
  const parts = member.split('/');
  const folder = posix.join(root, ...parts.slice(0, parts.findIndex(isGlob)));
  if (parts.includes('**'))
    return foldersBelow(files, folder, '').flatMap((below) => {
      const path = posix.join(folder, below);
      return [`${path}/`, `${path}/Cargo.toml`];
    });
  return [`${folder}/`, ...inFoldersOf(files, folder, 'Cargo.toml')];
}

/** `FOLDER/NAME/FILE` of each folder `NAME`, whether there is such a file or not. */
function inFoldersOf(files: Files, folder: string, file: string): readonly string[] {
  const listed = files.list(folder);
  return (listed.ok ? listed.value : [])
    .map((name) => `${folder}/${name}`)
    .filter((path) => files.isDirectory(path))
    .map((path) => `${path}/${file}`);
}
