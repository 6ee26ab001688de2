import { applyPatch, parsePatch, type StructuredPatch } from 'diff';
import { err, ok, type Result } from '../../base/result.ts';
import type { Files } from '../../host/host.ts';
import { contained } from '../contained.ts';
import { replaceFile } from '../lay-out.ts';
import { dirname } from '../paths.ts';

/**
 * Applies a unified diff to the tree in `folder`, as `patch -p1 -l` does: two lines of context may
 * differ, blanks match any blanks, and line ends follow the file. Bytes are kept as they are,
 * whatever their encoding. An error is a sentence that names the file.
 */
export function applyDiff(files: Files, folder: string, diff: Uint8Array): Result<void, string> {
  let patches: StructuredPatch[];
  try {
    patches = parsePatch(hunksOnly(Buffer.from(diff).toString('latin1')));
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
  for (const patch of patches) {
    if (patch.hunks.length === 0 && patch.isGit !== true) continue;
    const applied = applyToFile(files, folder, patch);
    if (!applied.ok) return applied;
  }
  return ok(undefined);
}

function applyToFile(files: Files, folder: string, patch: StructuredPatch): Result<void, string> {
  const from = target(files, folder, patch.oldFileName);
  const to = target(files, folder, patch.newFileName);
  if (from === 'outside' || to === 'outside')
    return err(`${patch.newFileName ?? patch.oldFileName} leads out of the subproject`);
  if (patch.isBinary === true) return err(`the change of ${patch.newFileName} is binary`);
  const source = from ?? to;
  const sourcePath = source?.path;
  if (source === undefined || sourcePath === undefined) return err('a change names no file');
  const bytes = from === undefined ? ok(new Uint8Array()) : files.readBytes(sourcePath);
  if (!bytes.ok) return err(`${source.name}: ${bytes.error.reason}`);
  const mode = files.stat(sourcePath)?.mode ?? 0o644;
  const old = Buffer.from(bytes.value).toString('latin1');
  const text = applyPatch(old, patch, { fuzzFactor: 2, compareLine: sameButForBlanks });
  if (text === false) return err(`${source.name} differs from what the diff expects`);
  if (to === undefined) return fileResult(files.remove(sourcePath));
  const folderMade = files.makeDirectory(dirname(to.path));
  if (!folderMade.ok) return fileResult(folderMade);
  if (patch.isRename === true) {
    const removed = files.remove(sourcePath);
    if (!removed.ok) return fileResult(removed);
  }
  const executable =
    patch.newMode === undefined ? (mode & 0o111) !== 0 : patch.newMode === '100755';
  return fileResult(
    replaceFile(files, to.path, { content: Buffer.from(text, 'latin1'), executable }),
  );
}

function fileResult(result: ReturnType<Files['remove']>): Result<void, string> {
  return result.ok ? result : err(`${result.error.path}: ${result.error.reason}`);
}

/** The file a diff names, without its first folder; undefined for `/dev/null`. */
function target(
  files: Files,
  folder: string,
  name: string | undefined,
): { readonly name: string; readonly path: string } | 'outside' | undefined {
  if (name === undefined || name === '/dev/null') return undefined;
  const relative = Buffer.from(name.slice(name.indexOf('/') + 1), 'latin1').toString('utf8');
  const path = contained(files, folder, relative);
  return path === undefined ? 'outside' : { name: relative, path };
}

function sameButForBlanks(
  _number: number,
  // The line is not there behind the end of the file, whatever the types of the library say.
  ...[line, operation, wanted]: [string | undefined, string, string]
): boolean {
  if (line === undefined || operation === '+' || line === wanted) return line === wanted;
  const plain = (text: string) => text.replace(/\s+/g, ' ').trimEnd();
  return plain(line) === plain(wanted);
}

/** Drops what mail programs put behind the last hunk (`-- ` and a version), which is no part of it. */
function hunksOnly(text: string): string {
  let oldLeft = 0;
  let newLeft = 0;
  let header = true;
  const kept: string[] = [];
  for (const line of text.split('\n')) {
    const range = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line);
    if (oldLeft > 0 || newLeft > 0) {
      if (line.startsWith('-')) oldLeft--;
      else if (line.startsWith('+')) newLeft--;
      else if (!line.startsWith('\\')) {
        oldLeft--;
        newLeft--;
      }
      // An empty context line whose one blank an editor took away.
      kept.push(line === '' || line === '\r' ? ` ${line}` : line);
      header = false;
    } else if (range !== null) {
      oldLeft = Number(range[1] ?? 1);
      newLeft = Number(range[2] ?? 1);
      kept.push(line);
    } else if (/^(diff |--- \S|Index: )/.test(line)) {
      header = true;
      kept.push(line);
    } else if (header || line.startsWith('\\')) kept.push(line);
  }
  return kept.join('\n');
}
