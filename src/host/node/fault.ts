import { getSystemErrorMap } from 'node:util';
import { capitalized } from '../../base/capitalized.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { FileFault } from '../host.ts';

const kinds: Readonly<Record<string, FileFault['kind']>> = {
  ENOENT: 'missing',
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'denied',
  ENOTDIR: 'not-a-directory',
  EISDIR: 'is-a-directory',
  EEXIST: 'exists',
  ENOTEMPTY: 'exists',
  ENOSPC: 'no-space',
  EDQUOT: 'no-space',
};

/** What a thrown system error means for a file. Anything that is no system error is thrown on. */
function fileFault(path: string, error: unknown): FileFault {
  const code = systemCode(error);
  if (code === undefined) throw error;
  return { kind: kinds[code] ?? 'other', path, reason: systemReason(error) };
}

/** What some work with a file gives, or why the system refused it. */
export function attempt<T>(path: string, work: () => T): Result<T, FileFault> {
  try {
    return ok(work());
  } catch (error) {
    return err(fileFault(path, error));
  }
}

/** The system's own text of an error, as `No such file or directory`. */
export function systemReason(error: unknown): string {
  const number = error instanceof Error && 'errno' in error ? error.errno : undefined;
  const text = typeof number === 'number' ? systemText(number) : undefined;
  if (text !== undefined) return capitalized(text);
  return error instanceof Error ? error.message : String(error);
}

/** By number; Node makes its list anew each time it is asked. */
const texts = new Map<number, string | undefined>();

function systemText(number: number): string | undefined {
  if (!texts.has(number)) texts.set(number, getSystemErrorMap().get(number)?.[1]);
  return texts.get(number);
}

/** `ENOENT` and the like, of an error of the system. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}
