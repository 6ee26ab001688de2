import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import { type CargoLock, parseLock } from '../../cargo/lock/lock.ts';
import type { Diagnostic } from '../../diag/diagnostic.ts';
import { bundledWraps, loadWraps, noWraps, type WrapSet } from '../../wrap/wrap-set.ts';
import { lockFilesOf } from '../crates/cargo-project.ts';
import type { Session } from '../session.ts';

/** What is compared: what Cargo locked, what wraps promise, and what rules were written for. */
export interface SubprojectPromises {
  readonly locks: readonly CargoLock[];
  readonly wraps: WrapSet;
  /** kaon's own. */
  readonly bundled: WrapSet;
  /** Absolute; and as messages show it. */
  readonly folder: string;
  readonly display: string;
}

/** Reads a project's locks and wraps. */
export function readPromises(
  { host, home }: Session,
  { sourceRoot, folder }: { readonly sourceRoot: string; readonly folder: string },
): Result<SubprojectPromises, readonly Diagnostic[]> {
  const { files, system } = host;
  const shown = (path: string): string => {
    const relative = posix.relative(system.workingDirectory, path);
    return relative.startsWith('..') ? path : relative;
  };
  const wraps = loadWraps(host, folder, shown(folder));
  if (!wraps.ok) return wraps;
  const bundled = bundledWraps(host, home);
  const locks: CargoLock[] = [];
  for (const path of lockFilesOf(files, sourceRoot)) {
    const text = files.readText(path);
    const lock = text.ok ? parseLock({ path: shown(path), text: text.value }) : undefined;
    if (lock?.ok === false) return err(lock.error);
    if (lock !== undefined) locks.push(lock.value);
  }
  return ok({
    locks,
    wraps: wraps.value,
    bundled: bundled.ok ? bundled.value : noWraps,
    folder,
    display: shown(folder),
  });
}
