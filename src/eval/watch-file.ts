import type { Evaluation } from './evaluation.ts';

/** Evaluates again when a file changes: one that a command read or ran, by its absolute path. */
export function watchFile({ host, sourceRoot, buildRoot, tables }: Evaluation, file: string): void {
  if (file.startsWith('/dev/') || !host.files.isFile(file)) return;
  const real = host.files.realPath(file);
  const path = real.ok ? real.value : file;
  if (path.startsWith(`${buildRoot}/`)) return;
  const inside = path.startsWith(`${sourceRoot}/`);
  const own = inside ? path.slice(sourceRoot.length + 1) : path;
  tables.buildFiles.set(path, { tree: 'source', path: own });
}
