import { parseJson } from '../base/parse-json.ts';
import { filesBelow } from '../host/files-below.ts';
import type { Files } from '../host/host.ts';
import { join } from './paths.ts';
import { fingerprint, holdsSources } from './tree.ts';

/**
 * What kaon writes into a folder it has laid out: from what, and each file as it was then. Written
 * before the folder takes its place, so a folder without it was made by someone else.
 */
export interface SubprojectRecord {
  readonly format: 1;
  readonly name: string;
  /** Fingerprints of the archive, the patches and the rules. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  /** Of a clone: its head, branches and stashes, to see commits that someone made in it. */
  readonly repository: string;
}

/** The file of the record, in the folder itself. */
export const recordName = '.kaon-subproject.json';

/** What tools leave behind without anyone having edited anything. */
const droppings =
  /(^|\/)(__pycache__|\.git|\.wraplock|\.meson-subproject-wrap-hash\.txt)(\/|$)|\.pyc$/;

/** Takes down a folder as it is now. */
export function makeRecord(
  files: Files,
  folder: string,
  from: Pick<SubprojectRecord, 'name' | 'inputs' | 'repository'>,
): SubprojectRecord {
  return { format: 1, ...from, files: fingerprints(files, folder) };
}

/** The record of a folder; undefined where there is none that can be read. */
export function readRecord(files: Files, folder: string): SubprojectRecord | undefined {
  const text = files.readText(join(folder, recordName));
  if (!text.ok) return undefined;
  const value = parseJson(text.value);
  return isRecord(value) ? value : undefined;
}

/** The names of inputs that differ between a record and now. */
export function changedInputs(
  record: SubprojectRecord,
  now: Readonly<Record<string, string>>,
): string[] {
  const names = new Set([...Object.keys(record.inputs), ...Object.keys(now)]);
  return [...names].filter((name) => record.inputs[name] !== now[name]).sort();
}

/** Files that someone changed, added or removed since the folder was laid out. */
export function editedFiles(files: Files, folder: string, record: SubprojectRecord): string[] {
  const now = fingerprints(files, folder);
  const names = new Set([...Object.keys(record.files), ...Object.keys(now)]);
  return [...names].filter((name) => record.files[name] !== now[name]).sort();
}

function fingerprints(files: Files, folder: string): Record<string, string> {
  const result: Record<string, string> = {};
  const items = filesBelow(files, folder, { enters: holdsSources });
  // Build directories: whoever tries a subproject by itself has edited nothing.
  const caches = items
    .filter(({ path }) => path.endsWith('/CACHEDIR.TAG'))
    .map(({ path }) => path.slice(0, -'CACHEDIR.TAG'.length));
  for (const item of items) {
    if (item.path === recordName || droppings.test(item.path)) continue;
    if (caches.some((cache) => item.path.startsWith(cache))) continue;
    result[item.path] = fingerprint(files, folder, item);
  }
  return result;
}

function isRecord(value: unknown): value is SubprojectRecord {
  const isTexts = (found: unknown): boolean =>
    typeof found === 'object' &&
    found !== null &&
    Object.values(found).every((text) => typeof text === 'string');
  return (
    typeof value === 'object' &&
    value !== null &&
    'format' in value &&
    value.format === 1 &&
    'name' in value &&
    typeof value.name === 'string' &&
    'inputs' in value &&
    isTexts(value.inputs) &&
    'files' in value &&
    isTexts(value.files) &&
    'repository' in value &&
    typeof value.repository === 'string'
  );
}
