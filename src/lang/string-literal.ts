import type { Span } from '../diag/source.ts';
import { characterNamed } from './character-names.ts';

/** What is wrong inside a string; the span counts from the string's first character behind the quote. */
export interface EscapeFault {
  readonly span: Span;
  readonly message: string;
}

const escapes =
  /\\(?:U([A-Fa-f0-9]{8})|u([A-Fa-f0-9]{4})|x([A-Fa-f0-9]{2})|([0-7]{1,3})|N\{([^}]+)\}|([\\'abfnrtv]))/g;

const controls: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The text that stands for itself between single quotes. A backslash that begins no escape stays. */
export function unescapeString(raw: string, faults: EscapeFault[]): string {
  if (!raw.includes('\\')) return raw;
  return raw.replace(escapes, (all: string, ...groups: (string | number | undefined)[]) => {
    const [long, short, byte, octal, name, control, offset] = groups;
    const fault = (message: string): string => {
      faults.push({ span: { start: Number(offset), end: Number(offset) + all.length }, message });
      return all;
    };
    if (control !== undefined) return controls[control] ?? all;
    if (name !== undefined) {
      return characterNamed(String(name)) ?? fault(`Unknown Unicode character name "${name}".`);
    }
    const code =
      octal === undefined
        ? Number.parseInt(String(long ?? short ?? byte), 16)
        : Number.parseInt(String(octal), 8);
    return code > 0x10ffff
      ? fault(`"${all}" is beyond the last Unicode character.`)
      : String.fromCodePoint(code);
  });
}

/** A text as a string of the language, on one line. */
export function stringLiteral(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what needs an escape
  return `'${value.replace(/[\\'\x00-\x1f\x7f]/g, escaped)}'`;
}

function escaped(character: string): string {
  const letter = Object.keys(controls).find((key) => controls[key] === character);
  return letter === undefined
    ? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
    : `\\${letter}`;
}
