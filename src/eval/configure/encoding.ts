import { err, ok, type Result } from '../../base/result.ts';

/** Text to bytes in an encoding that build files name; an error in Python's words. */
export function encodeText(text: string, encoding: string): Result<Uint8Array, string> {
  const limit = limits[canonical(encoding)];
  if (limit === undefined) {
    if (canonical(encoding) === 'utf8') return ok(new TextEncoder().encode(text));
    return err(`unknown encoding: ${encoding}`);
  }
  const points = [...text];
  const bad = points.findIndex((character) => (character.codePointAt(0) ?? 0) >= limit.size);
  if (bad !== -1) {
    const code = (points[bad] ?? '').codePointAt(0) ?? 0;
    const shown =
      code < 0x100
        ? `\\x${code.toString(16).padStart(2, '0')}`
        : `\\u${code.toString(16).padStart(4, '0')}`;
    return err(
      `'${limit.name}' codec can't encode character '${shown}' in position ${bad}: ordinal not in range(${limit.size})`,
    );
  }
  return ok(Uint8Array.from(points, (character) => character.codePointAt(0) ?? 0));
}

/** Bytes in an encoding as text. */
export function decodeText(bytes: Uint8Array, encoding: string): Result<string, string> {
  const limit = limits[canonical(encoding)];
  if (limit !== undefined) {
    const bad = bytes.findIndex((byte) => byte >= limit.size);
    if (bad !== -1) {
      const shown = (bytes[bad] ?? 0).toString(16);
      return err(
        `'${limit.name}' codec can't decode byte 0x${shown} in position ${bad}: ordinal not in range(${limit.size})`,
      );
    }
    return ok(String.fromCharCode(...bytes));
  }
  if (canonical(encoding) !== 'utf8') return err(`unknown encoding: ${encoding}`);
  try {
    return ok(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return err("'utf-8' codec can't decode the file: invalid start byte");
  }
}

function canonical(encoding: string): string {
  return encoding.toLowerCase().replaceAll(/[-_ ]/g, '');
}

interface Limit {
  readonly name: string;
  readonly size: number;
}

const latin: Limit = { name: 'latin-1', size: 256 };
const ascii: Limit = { name: 'ascii', size: 128 };
const limits: Readonly<Record<string, Limit>> = {
  ascii,
  usascii: ascii,
  latin1: latin,
  iso88591: latin,
};
