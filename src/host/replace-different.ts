import { ok, type Result } from '../base/result.ts';
import type { FileFault, Files, Replaced } from './host.ts';

/** Writes a file unless it says the same already: then nothing that reads it is stale, and editors see no change. */
export function replaceDifferent(
  files: Files,
  path: string,
  content: string | Uint8Array,
): Result<Replaced, FileFault> {
  if (files.replaceDifferent !== undefined) return files.replaceDifferent(path, content);
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  if (files.stat(path)?.size === bytes.length) {
    const old = files.readBytes(path);
    if (old.ok && Buffer.compare(old.value, bytes) === 0) return ok('same');
  }
  const written = files.replace(path, bytes);
  return written.ok ? ok('written') : written;
}
