import { err, ok, type Result } from '../../base/result.ts';

/** Text to bytes in an encoding that build files name; an error in Python's words. */
export function encodeText(text: string, encoding: string): Result<Uint8Array, string> {
  const limit = limits[canonical(encoding)];
  if (limit === undefined) {
    if (canonical(encoding) === 'utf8') return ok(new TextEncoder().encode(text));
    const bytes = byteTable(encoding);
    return bytes === undefined
      ? err(`unknown encoding: ${encoding}`)
      : byTable(text, encoding, bytes);
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
  const name = canonical(encoding) === 'utf8' ? 'utf-8' : encoding;
  // Only encodings that could be written too.
  if (name !== 'utf-8' && byteTable(encoding) === undefined)
    return err(`unknown encoding: ${encoding}`);
  try {
    return ok(new TextDecoder(name, { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return err(`'${name}' codec can't decode the file: invalid start byte`);
  }
}

function byTable(
  text: string,
  encoding: string,
  table: ReadonlyMap<string, number>,
): Result<Uint8Array, string> {
  const characters = [...text];
  const bad = characters.findIndex((character) => !table.has(character));
  return bad === -1
    ? ok(Uint8Array.from(characters, (character) => table.get(character) ?? 0))
    : err(`'${encoding}' codec can't encode character '${characters[bad]}' in position ${bad}`);
}

/** The byte of each character of an encoding that has one byte for each; undefined for others. */
function byteTable(encoding: string): ReadonlyMap<string, number> | undefined {
  try {
    const decoder = new TextDecoder(encoding);
    const table = new Map<string, number>();
    for (let byte = 0; byte < 256; byte++) {
      const character = decoder.decode(Uint8Array.of(byte));
      // What begins a longer sequence is no character yet.
      if (character !== '\ufffd' && character !== '') table.set(character, byte);
    }
    return table.size > 200 ? table : undefined;
  } catch {
    return undefined;
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
