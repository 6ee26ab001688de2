import { parseExactJson } from '../../base/parse-json.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Files } from '../../host/host.ts';

/** What a setup wrote, read again; the error tells whether it is gone or no longer what was written. */
export function readWrittenJson(
  files: Files,
  path: string,
): Result<unknown, 'missing' | 'damaged'> {
  const text = files.readText(path);
  if (!text.ok) return err(text.error.kind === 'missing' ? 'missing' : 'damaged');
  const value = parseExactJson(text.value);
  return value === undefined ? err('damaged') : ok(value);
}

/** Tells that a file which a setup wrote cannot be used, and what to do. */
export function damaged(path: string, buildRoot: string): string {
  return `${path} is damaged. Run \`kaon setup --reconfigure ${buildRoot}\`.`;
}
