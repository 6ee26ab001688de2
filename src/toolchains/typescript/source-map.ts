import { posix } from 'node:path';
import { parseJsonObject } from '../../base/parse-json.ts';
import type { Files } from '../../host/host.ts';
import { inSource } from './in-source.ts';
import type { Mirror } from './mirror.ts';

/** Makes a source map name the package's own files, not their copies: debuggers open what it names. */
export function nameSources(files: Files, path: string, mirror: Mirror): void {
  const text = files.readText(path);
  const map = text.ok ? parseJsonObject(text.value) : undefined;
  const sources = map?.['sources'];
  if (!Array.isArray(sources)) return;
  const folder = posix.dirname(path);
  const named = sources.map((source) => {
    const path = posix.resolve(folder, String(source));
    const own = inSource(path, mirror);
    return own === path ? source : posix.relative(folder, own);
  });
  files.replace(path, `${JSON.stringify({ ...map, sources: named }, undefined, 2)}\n`);
}
