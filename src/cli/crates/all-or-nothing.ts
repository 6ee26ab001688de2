import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import type { FileFault, Files } from '../../host/host.ts';

/** What a file is to become; gone where `after` is undefined. */
export interface FileChange {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Reads a file that may not be there. */
export function textOf(files: Files, path: string): string | undefined {
  const text = files.readText(path);
  return text.ok ? text.value : undefined;
}

/**
 * Does work that changes files; where it fails, these files are as they were before. What the work
 * itself returns is written at its end, and taken back where a later file cannot be written.
 */
export async function allOrNothing<T extends { readonly changes: readonly FileChange[] }>(
  files: Files,
  touched: readonly string[],
  work: () => Promise<Result<T, string>>,
): Promise<Result<T, string>> {
  const before = touched.map((path) => ({ path, before: textOf(files, path) }));
  let done: Result<T, string> = err('interrupted');
  try {
    done = await work();
    if (done.ok) {
      const written = writeAll(files, done.value.changes);
      if (!written.ok) done = written;
    }
  } finally {
    if (!done.ok)
      for (const { path, before: text } of before)
        if (textOf(files, path) !== text) put(files, path, text);
  }
  return done;
}

function writeAll(files: Files, changes: readonly FileChange[]): Result<void, string> {
  for (const [at, { path, after }] of changes.entries()) {
    const written = put(files, path, after);
    if (written.ok) continue;
    for (const earlier of changes.slice(0, at)) put(files, earlier.path, earlier.before);
    return err(`${path}: ${written.error.reason}; nothing was changed`);
  }
  return ok(undefined);
}

function put(files: Files, path: string, text: string | undefined): Result<void, FileFault> {
  if (text === undefined) return files.remove(path);
  const made = files.makeDirectory(posix.dirname(path));
  return made.ok ? files.replace(path, text) : made;
}
