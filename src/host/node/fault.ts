import { getSystemErrorMap } from 'node:util';
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
export function fileFault(path: string, error: unknown): FileFault {
  const code = systemCode(error);
  if (code === undefined) throw error;
  return { kind: kinds[code] ?? 'other', path, reason: systemReason(error) };
}

/** The system's own text of an error, as `No such file or directory`. */
export function systemReason(error: unknown): string {
  const number = error instanceof Error && 'errno' in error ? error.errno : undefined;
  const text = typeof number === 'number' ? systemText(number) : undefined;
  if (text !== undefined) return text.charAt(0).toUpperCase() + text.slice(1);
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
