import { ok, type Result } from '../../base/result.ts';
import type { FileFault, Files } from '../../host/host.ts';

/** Writes a file unless it says the same already: then nothing that reads it is stale. */
export function replaceIfDifferent(
  files: Files,
  path: string,
  bytes: Uint8Array,
): Result<void, FileFault> {
  const old = files.exists(path) ? files.readBytes(path) : undefined;
  if (old?.ok === true && Buffer.compare(old.value, bytes) === 0) return ok(undefined);
  return files.replace(path, bytes);
}
