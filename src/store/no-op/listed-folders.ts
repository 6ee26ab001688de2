import { isTexts, parseJson } from '../../base/parse-json.ts';
import type { Files } from '../../host/host.ts';
import { isSettled, type Signature } from '../format/file-content.ts';
import { privateFolder } from '../setup/setup-state.ts';

/** A folder where headers are looked for, and what lay in it when what is built had looked there. */
export interface ListedFolder {
  /** As the graph spells it. */
  readonly path: string;
  /** While this is the same, the names are; empty where a later change might not show in it. */
  readonly stamp: string;
  /** Those that count. */
  readonly names: readonly string[];
}

/** What each folder held in which a header could appear before those that were read. */
export interface ListedFolders {
  /** By path. */
  readonly folders: ReadonlyMap<string, ListedFolder>;
  /** What headers that were read are called, and folders in which they lie: nothing else may be found before them. */
  readonly names: ReadonlySet<string>;
}

const version = 1;

/** Where the folders are listed that headers could appear in. */
export function listedFoldersPath(buildRoot: string): string {
  return `${buildRoot}/${privateFolder}/kaon-include-folders`;
}

/** Nothing where none were listed, or what is there is damaged. */
export function loadListedFolders(files: Files, buildRoot: string): ListedFolders | undefined {
  const text = files.readText(listedFoldersPath(buildRoot));
  const told = text.ok ? parseJson(text.value) : undefined;
  if (!isListing(told)) return undefined;
  const folders = told.folders.map(([path = '', stamp = '', ...names]): ListedFolder => {
    return { path, stamp, names };
  });
  const byPath = new Map(folders.map((folder) => [folder.path, folder]));
  return { folders: byPath, names: new Set(told.names) };
}

export function saveListedFolders(
  files: Files,
  buildRoot: string,
  { folders, names }: ListedFolders,
): void {
  const rows = [...folders.values()].map((folder) => [folder.path, folder.stamp, ...folder.names]);
  const text = JSON.stringify({ version, names: [...names], folders: rows });
  files.replace(listedFoldersPath(buildRoot), text);
}

function isListing(told: unknown): told is {
  readonly folders: readonly (readonly string[])[];
  readonly names: readonly string[];
} {
  if (typeof told !== 'object' || told === null || !('version' in told)) return false;
  if (told.version !== version || !('folders' in told) || !('names' in told)) return false;
  const { folders, names } = told;
  return isTexts(names) && Array.isArray(folders) && folders.every(isTexts);
}

/** What tells whether entries came or went since; empty for a folder that changed too recently to tell. */
export function folderStamp(signature: Signature, nowMs: number): string {
  return isSettled(signature, nowMs) ? `${signature.ctimeNs} ${signature.inode}` : '';
}

/** FNV-1a; `bin/look.c` makes the same of a name. */
export function nameNumber(name: string): number {
  let sum = 0x811c9dc5;
  for (const byte of Buffer.from(name)) sum = Math.imul(sum ^ byte, 0x01000193);
  return sum >>> 0;
}

/** One number for all names, in whatever order. */
export function namesNumber(names: readonly string[]): number {
  return names.reduce((sum, name) => (sum + nameNumber(name)) >>> 0, 0);
}
