/** Bytes that are no UTF-8, and what is wrong with the first that is not. */
export interface BrokenText {
  /** The text with U+FFFD where it is broken. */
  readonly text: string;
  /** Where in `text` the first of them stands. */
  readonly at: number;
  /** In Python's words, which Meson repeats. */
  readonly message: string;
}

/** Where bytes stop being UTF-8; undefined where they do not. */
export function brokenText(bytes: Uint8Array): BrokenText | undefined {
  const offset = firstBroken(bytes);
  if (offset === undefined) return undefined;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const byte = (bytes[offset] ?? 0).toString(16).padStart(2, '0');
  const message = `'utf-8' codec can't decode byte 0x${byte} in position ${offset}: ${reason(bytes, offset)}`;
  return {
    text: decoder.decode(bytes),
    at: decoder.decode(bytes.subarray(0, offset)).length,
    message,
  };
}

/** The start of the first sequence that is no character. */
function firstBroken(bytes: Uint8Array): number | undefined {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes[at] ?? 0);
    if (length === undefined || !isCharacter(bytes.subarray(at, at + length), length)) return at;
    at += length;
  }
  return undefined;
}

function isCharacter(sequence: Uint8Array, length: number): boolean {
  if (length === 1) return true;
  try {
    return (
      sequence.length === length &&
      new TextDecoder('utf-8', { fatal: true }).decode(sequence) !== undefined
    );
  } catch {
    return false;
  }
}

function sequenceLength(byte: number): number | undefined {
  if (byte < 0x80) return 1;
  if (byte >= 0xc2 && byte < 0xe0) return 2;
  if (byte >= 0xe0 && byte < 0xf0) return 3;
  return byte >= 0xf0 && byte < 0xf5 ? 4 : undefined;
}

function reason(bytes: Uint8Array, offset: number): string {
  const length = sequenceLength(bytes[offset] ?? 0);
  if (length === undefined) return 'invalid start byte';
  const rest = [...bytes.subarray(offset + 1, offset + length)];
  const continues = rest.every((byte) => byte >= 0x80 && byte < 0xc0);
  return continues && rest.length < length - 1
    ? 'unexpected end of data'
    : 'invalid continuation byte';
}
